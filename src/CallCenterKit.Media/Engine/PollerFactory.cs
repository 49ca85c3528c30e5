namespace CallCenterKit.Media.Engine;

internal static class PollerFactory
{
    public static bool UsesEpoll(MediaPoller poller) => poller switch
    {
        MediaPoller.Epoll => true,
        MediaPoller.Portable => false,
        _ => OperatingSystem.IsLinux(),
    };

    public static IPacketPoller Create(bool epoll) => epoll ? new EpollPoller() : new PortablePoller();
}
