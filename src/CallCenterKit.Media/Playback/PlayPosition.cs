namespace CallCenterKit.Media.Playback;

/// <summary>Where a play list stands.</summary>
/// <param name="Item">Index into the list.</param>
/// <param name="Frame">20 ms frames into the item.</param>
internal readonly record struct PlayPosition(int Item, int Frame);
