namespace CallCenterKit.Media.Recording;

/// <summary>What a packet in the ring is.</summary>
/// <param name="Channel">0 said, 1 sent.</param>
/// <param name="Codec">Index into the tap's codecs.</param>
/// <param name="Missing">Packets of its stream that were lost right before it, as far as is known.</param>
/// <param name="Position">Its first sample on the recording's time line.</param>
internal readonly record struct RingPacket(byte Channel, byte Codec, ushort Missing, long Position);
