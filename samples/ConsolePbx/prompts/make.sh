#!/usr/bin/env bash
# Makes the prompts, the music on hold and the demo's speech again: 8 kHz, mono, mu-law WAV.
# Needs flite and sox (Debian packages of these names). Everything is synthesised; nothing is copyrighted.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

telephone=(-r 8000 -c 1 -e mu-law -b 8)

# Speech at telephone bandwidth, peaks at -6 dB, with a short breath at both ends so that nothing is clipped.
say() { # file, voice, text
  flite -voice "$2" -t "$3" -o "$work/speech.wav"
  sox -R -D "$work/speech.wav" "${telephone[@]}" "$1" \
    silence 1 0.02 0.3% reverse silence 1 0.02 0.3% reverse rate 8000 highpass 180 lowpass 3600 norm -6 pad 0.15 0.25
}

machine=slt
say welcome.wav "$machine" "Welcome to Northwind. For support, press one. For sales, press two."
say recording-notice.wav "$machine" "This call may be recorded for quality and training."
say please-hold.wav "$machine" "Please hold. The next free agent will take your call."
say invalid-choice.wav "$machine" "Sorry, that is not a valid choice. Please try again."
say all-agents-busy.wav "$machine" "All our agents are busy. Please call again later."
say closed.wav "$machine" "Our office is closed. Please call again during opening hours."
say goodbye.wav "$machine" "Thank you for calling. Goodbye."

say ../speech/caller.wav awb "Hello, I am calling about the order that I placed last Tuesday. \
The letter said that it would arrive within three days, but nothing has come yet. Could you please have a look for me?"
say ../speech/agent.wav rms "Good morning, thank you for waiting. I can certainly help you with that. \
I see the parcel here, it left the warehouse last night, and it should be with you tomorrow before noon."

# Music on hold: eight bars of three seconds, broken chords over a soft pad, quiet enough to talk over.
bar() { # number, bass, three notes
  local n=$1 bass=$2 low=$3 middle=$4 high=$5
  sox -R -D -n -r 16000 -c 1 "$work/pad.wav" synth 3 triangle "$bass" sine "$low" sine "$middle" remix - fade t 0.4 3 0.6 gain -20
  local i=0 note
  for note in "$low" "$middle" "$high" "$middle" "$low" "$high"; do
    sox -R -D -n -r 16000 -c 1 "$work/pluck$i.wav" synth 1.4 pluck "$note" fade t 0 1.4 0.7 gain -16 pad "$(awk "BEGIN { print $i * 0.5 }")"
    i=$((i + 1))
  done
  sox -R -D -m -v 1 "$work/pad.wav" -v 1 "$work/pluck0.wav" -v 1 "$work/pluck1.wav" -v 1 "$work/pluck2.wav" \
    -v 1 "$work/pluck3.wav" -v 1 "$work/pluck4.wav" -v 1 "$work/pluck5.wav" "$work/bar$n.wav" trim 0 3 fade t 0.02 3 0.02
}

bar 1 C3 C4 E4 G4
bar 2 A2 C4 E4 A4
bar 3 F2 A3 C4 F4
bar 4 G2 B3 D4 G4
bar 5 E3 B3 E4 G4
bar 6 A2 C4 E4 A4
bar 7 D3 A3 D4 F4
bar 8 G2 B3 D4 G4
sox -R -D "$work"/bar[1-8].wav "${telephone[@]}" music-on-hold.wav rate 8000 highpass 150 reverb 30 lowpass 3400 norm -15
