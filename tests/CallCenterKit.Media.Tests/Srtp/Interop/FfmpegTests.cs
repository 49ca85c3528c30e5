using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using CallCenterKit.Media.Bridging;
using CallCenterKit.Media.Codecs;
using CallCenterKit.Media.Engine;
using CallCenterKit.Media.Recording;
using CallCenterKit.Media.Sdp;
using CallCenterKit.Media.Srtp;
using CallCenterKit.Media.Tests.Fakes;
using CallCenterKit.Media.Tests.Loopback;
using CallCenterKit.Media.Wav;
using Microsoft.Extensions.Logging.Abstractions;

namespace CallCenterKit.Media.Tests.Srtp.Interop;

/// <summary>SRTP of another make on both sides of a bridge: one ffmpeg speaks, another hears.</summary>
public sealed class FfmpegTests : IDisposable
{
    // Apart from those of the loopback tests.
    private static readonly int FirstPort = 34000 + (Environment.ProcessId % 100 * 20);

    private readonly CancellationTokenSource _limit = new(TimeSpan.FromSeconds(60), TimeProvider.System);
    private readonly TestWav _files = new();
    private readonly List<Process> _started = [];

    public void Dispose()
    {
        foreach (var process in _started)
        {
            if (!process.HasExited)
                process.Kill();
            process.Dispose();
        }

        _files.Dispose();
        _limit.Dispose();
    }

    [Theory]
    [InlineData("AES_CM_128_HMAC_SHA1_80", "AES_CM_128_HMAC_SHA1_32")]
    [InlineData("AES_CM_128_HMAC_SHA1_32", "AES_CM_128_HMAC_SHA1_80")]
    public async Task What_one_program_says_encrypted_another_hears_encrypted(string spoken, string heard)
    {
        var options = new MediaOptions { BindAddress = "127.0.0.1", FirstPort = FirstPort, LastPort = FirstPort + 10, Threads = 1 };
        using var engine = new MediaEngine(options, TimeProvider.System, NullLogger<MediaEngine>.Instance);
        var (speaker, hearer) = (engine.CreateLeg(new WaitingSink()), engine.CreateLeg(new WaitingSink()));
        var speakersKey = SrtpKey.Draw(SrtpSuite.AesCm128HmacSha1Tag80).ToBase64();
        var (speakersPort, hearersPort) = (FreePort(), FreePort());
        Agree(speaker, speakersPort, spoken, speakersKey);
        var answer = Agree(hearer, hearersPort, heard, SrtpKey.Draw(SrtpSuite.AesCm128HmacSha1Tag80).ToBase64());
        var bridge = engine.CreateBridge();
        bridge.Add(speaker, new BridgeRole.Member());
        bridge.Add(hearer, new BridgeRole.Member());
        var recording = engine.Record(speaker, new RecordingOptions(_files.PathOf("call.wav")));

        // The hearing program gets our answer as its description, with its own port in place of ours.
        var description = Encoding.UTF8.GetString(answer.ToArray())
            .Replace($"m=audio {hearer.LocalRtp!.Port} ", $"m=audio {hearersPort} ", StringComparison.Ordinal);
        await File.WriteAllTextAsync(_files.PathOf("call.sdp"), description, _limit.Token);
        var hearing = Start("-protocol_whitelist", "file,udp,rtp,srtp,crypto", "-i", _files.PathOf("call.sdp"), "-t", "1.5", _files.PathOf("heard.wav"));
        // Under this name ffmpeg shortens the tag of RTP only, as RFC 4568 §6.2.2 says; under that of SDP it shortens RTCP's too.
        var suite = spoken.Replace("AES_CM_128_HMAC_SHA1_32", "SRTP_AES128_CM_HMAC_SHA1_32", StringComparison.Ordinal);
        var speaking = Start(
            "-re", "-f", "lavfi", "-i", "sine=frequency=440:sample_rate=8000:duration=8", "-ac", "1", "-c:a", "pcm_alaw", "-f", "rtp",
            "-srtp_out_suite", suite, "-srtp_out_params", speakersKey,
            $"srtp://127.0.0.1:{speaker.LocalRtp!.Port}?localrtpport={speakersPort}&pkt_size=172");
        await hearing.WaitForExitAsync(_limit.Token);
        speaking.Kill();
        var result = await recording.StopAsync().WaitAsync(_limit.Token);

        Assert.True(hearing.ExitCode == 0, await hearing.StandardError.ReadToEndAsync(_limit.Token));
        var wav = WavReader.Load(_files.PathOf("heard.wav"));
        var pcm = new short[wav.Length];
        wav.ReadChannel(0, 0, pcm);
        Assert.True(Tone.LevelOf(pcm, 440) > 1000, $"the tone has level {Tone.LevelOf(pcm, 440)} in {pcm.Length} samples");
        Assert.True(Tone.PeakLevelOf(TestWav.ReadStereo(result.Path).Left, 440) > 1000);
        Assert.Equal((0, 0), (speaker.Statistics.PacketsNotAuthentic, speaker.Statistics.PacketsReplayed));
        Assert.True(speaker.Statistics.PacketsReceived > 50);
    }

    private static SessionDescription Agree(MediaLeg leg, int port, string suite, string key)
    {
        var session = new SdpSession(leg.Open(), [AudioCodecs.Pcma], 1, new SdpSessionOptions { Srtp = SrtpPolicy.Required });
        var offer = $"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio {port} RTP/SAVP 8\r\na=crypto:1 {suite} inline:{key}\r\n";
        Assert.Equal(SdpError.None, SessionDescription.TryParse(Encoding.UTF8.GetBytes(offer), out var description));
        Assert.Equal(SdpOutcome.Accepted, session.AcceptOffer(description!, out var answer));
        leg.Apply(session.Current!);
        return answer!;
    }

    // Even, and the next one is free too, for RTCP.
    private static int FreePort()
    {
        for (; ; )
        {
            using var rtp = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            rtp.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            if (((IPEndPoint)rtp.LocalEndPoint!).Port is var port && port % 2 == 0)
                return port;
        }
    }

    private Process Start(params string[] arguments)
    {
        try
        {
            var process = Process.Start(new ProcessStartInfo("ffmpeg", ["-nostdin", "-v", "error", .. arguments]) { RedirectStandardError = true })!;
            _started.Add(process);
            return process;
        }
        catch (Win32Exception)
        {
            OtherProgram.SkipMissing("ffmpeg");
            throw;
        }
    }
}
