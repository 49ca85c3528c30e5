using System.Runtime.InteropServices;

namespace CallCenterKit.Media.Engine;

/// <summary>The system calls of the fast path; see their manual pages in section 2.</summary>
internal static unsafe partial class LinuxCalls
{
    public const int DoNotWait = 0x40;          // MSG_DONTWAIT
    public const int CloseOnExec = 0x80000;     // EPOLL_CLOEXEC, EFD_CLOEXEC
    public const int NonBlocking = 0x800;       // EFD_NONBLOCK
    public const int ControlAdd = 1;            // EPOLL_CTL_ADD
    public const int ControlDelete = 2;         // EPOLL_CTL_DEL
    public const uint Readable = 1;             // EPOLLIN
    public const int ProcessPriority = 0;       // PRIO_PROCESS; of Linux: a thread's
    public const int ResetOnFork = 0x40000000;  // SCHED_OTHER | SCHED_RESET_ON_FORK

    [LibraryImport("libc", EntryPoint = "recvfrom")]
    public static partial nint ReceiveFrom(int socket, byte* buffer, nuint length, int flags, byte* address, uint* addressLength);

    [LibraryImport("libc", EntryPoint = "sendto")]
    public static partial nint SendTo(int socket, byte* buffer, nuint length, int flags, byte* address, uint addressLength);

    [LibraryImport("libc", EntryPoint = "epoll_create1")]
    public static partial int EpollCreate(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl")]
    public static partial int EpollControl(int epoll, int operation, int descriptor, byte* ev);

    [LibraryImport("libc", EntryPoint = "epoll_wait")]
    public static partial int EpollWait(int epoll, byte* events, int maxEvents, int timeoutMilliseconds);

    [LibraryImport("libc", EntryPoint = "eventfd")]
    public static partial int EventDescriptor(uint initial, int flags);

    [LibraryImport("libc", EntryPoint = "read")]
    public static partial nint Read(int descriptor, byte* buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "write")]
    public static partial nint Write(int descriptor, byte* buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "sched_setscheduler")]
    public static partial int SetScheduler(int thread, int policy, int* priority);

    [LibraryImport("libc", EntryPoint = "setpriority")]
    public static partial int SetPriority(int which, uint who, int nice);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int descriptor);
}
