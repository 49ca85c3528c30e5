using CallCenterKit.Media.Wav;
using CallCenterKit.Records;
using CallCenterKit.Testing;
using CallCenterKit.Tests.Hosting;
using CallCenterKit.Tests.Interop;

namespace CallCenterKit.Tests.Calls;

/// <summary>Phones with different audio formats: 0 is PCMU, 8 is PCMA, 9 is G.722.</summary>
public sealed class CodecCallTests
{
    private static readonly TimeSpan Lately = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData(9, 8)]
    [InlineData(9, 0)]
    [InlineData(8, 9)]
    [InlineData(9, 9)]
    public async Task A_caller_and_an_agent_with_any_two_formats_hear_each_other_and_are_recorded_apart(int callers, int agents)
    {
        await using var center = await TestCenter.StartAsync(cc => cc.AddQueue("support", queue => queue.Record = true));
        var alice = await center.World.AgentAsync("101", new() { Voice = PhoneVoice.Tone(Sounds.Alice) }, agents);
        var caller = center.World.Customer(formats: callers).Dial("500");
        await center.AdvanceAsync(10);

        var phone = Assert.Single(alice.Calls);
        Hears(caller.Heard, Sounds.Alice, not: Sounds.Customer);
        Hears(phone.Heard, Sounds.Customer, not: Sounds.Alice);

        await center.RunAsync(caller.HangUpAsync);
        var record = await center.SettleOneAsync();
        Assert.Equal(CallRecordEnding.Completed, record.Ending);
        Recorded(Path.Combine(center.RecordingFolder, Assert.Single(record.Recordings).File), record.Talk, callers == 9 ? 16000 : 8000);
    }

    // Whatever a phone would like best: whom the caller can speak to in its own format is spoken to without transcoding.
    [Theory]
    [InlineData(new[] { 8 }, new[] { 9, 8, 0 }, 8)]
    [InlineData(new[] { 0 }, new[] { 9, 8, 0 }, 0)]
    [InlineData(new[] { 9 }, new[] { 0, 8, 9 }, 9)]
    [InlineData(new[] { 9, 8 }, new[] { 9, 8 }, 8)]
    [InlineData(new[] { 9, 8 }, new[] { 8 }, 8)]
    public async Task An_agents_phone_that_can_speaks_the_format_of_the_caller(int[] callers, int[] agents, int agreed)
    {
        await using var center = await TestCenter.StartAsync();
        var alice = await center.World.AgentAsync("101", new() { Voice = PhoneVoice.Tone(Sounds.Alice) }, agents);
        var customer = center.World.Customer(formats: callers);
        var caller = customer.Dial("500");
        await center.AdvanceAsync(6);

        Assert.Equal(agreed, FormatAnswered(customer, isSent: false));
        Assert.Equal(agreed, FormatAnswered(center.PhoneOf("101"), isSent: true));
        Hears(caller.Heard, Sounds.Alice, not: Sounds.Customer);
        Hears(alice.Calls[0].Heard, Sounds.Customer, not: Sounds.Alice);
        await center.RunAsync(caller.HangUpAsync);
        await center.SettleOneAsync();
    }

    [Fact]
    public async Task A_center_that_wants_G722_gives_it_to_all_who_can()
    {
        await using var center = await TestCenter.StartAsync(cc => cc.Configure(options =>
        {
            foreach (var codec in new[] { "G722", "PCMA" })
                options.Sip.Codecs.Add(codec);
        }));
        await center.World.AgentAsync("101", new() { Voice = PhoneVoice.Tone(Sounds.Alice) }, 8, 9);
        var customer = center.World.Customer(formats: [0, 8, 9]);
        var caller = customer.Dial("500");
        await center.AdvanceAsync(6);

        Assert.Equal(9, FormatAnswered(customer, isSent: false));
        Assert.Equal(9, FormatAnswered(center.PhoneOf("101"), isSent: true));
        Hears(caller.Heard, Sounds.Alice, not: Sounds.Customer);
        await center.RunAsync(caller.HangUpAsync);
        await center.SettleOneAsync();
    }

    // The caller of an extension is not answered before the extension is, but what it can is known.
    [Fact]
    public async Task An_extension_is_offered_the_format_its_caller_will_be_answered_with()
    {
        await using var center = await TestCenter.StartAsync();
        await center.World.AgentAsync("201", new() { Voice = PhoneVoice.Tone(Sounds.Alice) }, 8, 0);
        var caller = center.World.Extension("101", PhoneVoice.Tone(Sounds.Customer), formats: [0]);
        var call = caller.Dial("201");
        await center.AdvanceAsync(6);

        Assert.Equal(0, FormatAnswered(center.PhoneOf("201"), isSent: true));
        Assert.Equal(0, FormatAnswered(caller, isSent: false));
        await center.RunAsync(call.HangUpAsync);
        await center.SettleOneAsync();
    }

    private static void Hears(HeardAudio heard, double tone, double not)
    {
        Assert.Equal(-10, heard.ToneLevel(tone, Lately), tolerance: 0.5);
        Assert.True(heard.ToneLevel(not, Lately) < -60, $"{not} Hz is heard at {heard.ToneLevel(not, Lately):F1} dB");
    }

    private static void Recorded(string path, TimeSpan talk, int sampleRateHz)
    {
        var wav = WavReader.Load(path);
        Assert.Equal((2, sampleRateHz), (wav.Channels, wav.SampleRateHz));
        Assert.Equal(talk.TotalSeconds, wav.Duration.TotalSeconds, tolerance: 0.04);
        var samples = new short[wav.Length];
        foreach (var (channel, own, other) in new[] { (0, Sounds.Customer, Sounds.Alice), (1, Sounds.Alice, Sounds.Customer) })
        {
            wav.ReadChannel(channel, 0, samples);
            var middle = samples.AsSpan()[(sampleRateHz / 2)..^(sampleRateHz / 2)];
            Assert.Equal(-10, Tones.LevelDb(middle, sampleRateHz, own), tolerance: 0.5);
            Assert.True(Tones.LevelDb(middle, sampleRateHz, other) < -60, $"channel {channel} has {other} Hz at {Tones.LevelDb(middle, sampleRateHz, other):F1} dB");
        }
    }

    private static int FormatAnswered(ScriptedPhone phone, bool isSent)
    {
        var answer = phone.Trace.Last(line => line.IsSent == isSent && line.StartLine == "SIP/2.0 200 OK" && line.Text.Contains("m=audio", StringComparison.Ordinal));
        return int.Parse(answer.Text.Split("RTP/AVP ")[1].Split(' ', '\r')[0], System.Globalization.CultureInfo.InvariantCulture);
    }
}
