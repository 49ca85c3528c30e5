namespace CallCenterKit.Media.Engine;

/// <summary>How a leg sounded in the last ten seconds, by the direction that is worse.</summary>
/// <param name="IsPoor">It has fallen under <see cref="MediaOptions.PoorMos"/>, and not got well above it since.</param>
/// <param name="Mos">Estimated mean opinion score, 1 to 4.4 (ITU-T G.107).</param>
/// <param name="Loss">Share that was not heard, 0 to 1: what had to be concealed where the audio is decoded, else what the network lost.</param>
/// <param name="Jitter">Interarrival jitter of what we receive (RFC 3550 §6.4.1).</param>
/// <param name="RoundTrip">By the last RTCP report; zero until one told.</param>
public readonly record struct MediaLegQuality(bool IsPoor, double Mos, double Loss, TimeSpan Jitter, TimeSpan RoundTrip);
