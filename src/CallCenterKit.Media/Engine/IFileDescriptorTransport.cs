namespace CallCenterKit.Media.Engine;

/// <summary>A transport that epoll can watch.</summary>
internal interface IFileDescriptorTransport
{
    int FileDescriptor { get; }
}
