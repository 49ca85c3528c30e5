using CallCenterKit.Media.Codecs;

namespace CallCenterKit.Media.Sdp;

/// <summary>A format the remote side may send.</summary>
/// <param name="PayloadType">The number it puts into packets.</param>
/// <param name="Codec">What they hold.</param>
public readonly record struct ReceiveFormat(int PayloadType, AudioCodec Codec);
