namespace CallCenterKit.Testing;

/// <summary>What a <see cref="VirtualNetwork"/> has done so far, in datagrams.</summary>
/// <param name="Sent">Handed to the network.</param>
/// <param name="Delivered">Handed to a receiver; a doubled one counts twice.</param>
/// <param name="Lost">Dropped by <see cref="VirtualNetworkOptions.LossShare"/> or <see cref="VirtualNetwork.DropWhen"/>.</param>
/// <param name="Doubled">Delivered a second time.</param>
/// <param name="Reordered">Delivered after one that was sent later to the same receiver by the same sender.</param>
/// <param name="Undeliverable">Sent to an address nobody had open.</param>
public readonly record struct VirtualNetworkCounters(
    long Sent, long Delivered, long Lost, long Doubled, long Reordered, long Undeliverable);
