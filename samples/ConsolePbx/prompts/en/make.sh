#!/usr/bin/env bash
# Makes the English prompts for waiting callers and for agents again: 8 kHz, mono, mu-law WAV, voice of the prompts one folder up.
# Needs flite and sox (Debian packages of these names). Everything is synthesised; nothing is copyrighted.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

voice=slt
level=-16 # dBFS, RMS of the speech
peak=-1   # dBFS; a piece with high peaks stays below the level

sounds() { flite -voice "$voice" -t "$1" -psdur -o "$2" | tail -n 1; } # "pau:0.224 m:0.252 ..." with the end of each in seconds
decibels() { sox "$1" -n stats 2>&1 | awk -v what="$2" '$1 == what && $3 == "dB" { print $4 }'; }

# A piece begins with its first sound and ends with its last one: silence is not guessed from the level, so that the weak
# sounds of "three" and "four" stay. Pieces that go on are spoken with a next word, which is cut away, or the voice would fall.
say() { # file, text, next words
  mkdir -p "$(dirname "$1")"
  local count span rms top
  count=$(sounds "$2" "$work/alone.wav" | tr ' ' '\n' | grep ':' | grep -vc '^pau:')
  span=$(sounds "$2${3:+ $3}" "$work/speech.wav" | tr ' ' '\n' | awk -F : -v count="$count" '
    $1 == "pau" { if (!n) start = $2 } $1 != "pau" && NF == 2 && n < count { n++; end = $2 } END { print start, "=" end }')
  # shellcheck disable=SC2086 # two arguments of trim
  sox -R -D "$work/speech.wav" -r 8000 "$work/telephone.wav" trim $span fade t 0.004 -0 0.01 rate 8000 highpass 180 lowpass 3600 norm -3
  rms=$(decibels "$work/telephone.wav" RMS) top=$(decibels "$work/telephone.wav" Pk)
  sox -R -D "$work/telephone.wav" -r 8000 -c 1 -e mu-law -b 8 "$1" \
    gain "$(awk "BEGIN { a = $level - $rms; b = $peak - $top; print a < b ? a : b }")" pad 0.03 0.03
}

number=0
for word in zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen \
  eighteen nineteen twenty; do
  say "number/$number.wav" "$word"
  number=$((number + 1))
done
number=30
for word in thirty forty fifty sixty seventy eighty ninety; do
  say "number/$number.wav" "$word"
  number=$((number + 10))
done
say number/hundred.wav "hundred"
say number/thousand.wav "thousand"

say queue/you-are-number.wav "You are number" "seven in the queue."
say queue/in-the-queue.wav "in the queue."
say queue/you-are-next.wav "You are next in line."
say queue/expected-wait.wav "The expected waiting time is about" "five minutes."
say queue/less-than-one-minute.wav "less than one minute."
say queue/minute.wav "minute."
say queue/minutes.wav "minutes."
say queue/second.wav "second."
say queue/seconds.wav "seconds."
say queue/callback-offer.wav "To keep your place and be called back, press one."
say queue/callback-booked.wav "Thank you. We will call you back. Goodbye."
say queue/callback-already-booked.wav "We already have your number, and will call you back. Goodbye."
say queue/callback-call.wav "This is the call you asked for. Please hold while we connect you."
say queue/closed.wav "We are closed now. Please call again during our opening hours."
say queue/call-from-queue.wav "Call from queue" "seven."
say queue/waited.wav "Waited" "five minutes."
say queue/name/support.wav "support."
say queue/name/sales.wav "sales."

say login/enter-code.wav "Please enter your agent code, then the hash key."
say login/enter-pin.wav "Please enter your pin, then the hash key."
say login/logged-in.wav "You are logged in."
say login/logged-out.wav "You are logged out."
say login/paused.wav "You are paused."
say login/ready.wav "You are ready."
say login/wrong.wav "That is not correct. Please try again."

say agent/hello.wav "Hello, how can I help you?"
