namespace CallCenterKit.Media.Engine;

/// <summary>How a media thread learns that packets have arrived.</summary>
public enum MediaPoller
{
    /// <summary><see cref="Epoll"/> where the platform has it, else <see cref="Portable"/>.</summary>
    Auto,

    /// <summary>Linux epoll and plain system calls: a packet is read as soon as it arrives.</summary>
    Epoll,

    /// <summary>Managed sockets only, all drained every 5 ms: adds up to 6 ms to a packet's way.</summary>
    Portable,
}
