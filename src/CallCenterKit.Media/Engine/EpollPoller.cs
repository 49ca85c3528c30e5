using System.Runtime.InteropServices;

namespace CallCenterKit.Media.Engine;

/// <summary>
/// Waits by epoll, level-triggered: each event is one packet to read, so no call into the kernel is in vain. Packets that are
/// relayed wake the thread; those of legs that listen to prompts or are mixed are taken in batches, some every 10 ms.
/// </summary>
internal sealed unsafe class EpollPoller : IPacketPoller
{
    private const int MostEvents = 256;
    private const int MostBatches = 64;
    private const ulong WakeMark = ulong.MaxValue;

    // struct epoll_event is packed on x86 and naturally aligned elsewhere.
    private static readonly int DataOffset = RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.X86 ? 4 : 8;
    private static readonly int EventSize = DataOffset + 8;

    private readonly int _urgent;
    private readonly int _calm;
    private readonly int _wake;
    private readonly byte[] _events = GC.AllocateArray<byte>(MostEvents * EventSize, pinned: true);
    private readonly List<LegStream?> _slots = [];
    private readonly Stack<int> _freeSlots = new();
    private readonly List<LegStream> _unwatched = [];
    private int _ready;

    public EpollPoller()
    {
        _urgent = LinuxCalls.EpollCreate(LinuxCalls.CloseOnExec);
        _calm = LinuxCalls.EpollCreate(LinuxCalls.CloseOnExec);
        _wake = LinuxCalls.EventDescriptor(0, LinuxCalls.CloseOnExec | LinuxCalls.NonBlocking);
        if (_urgent < 0 || _calm < 0 || _wake < 0)
            throw new PlatformNotSupportedException("epoll_create1 or eventfd failed; set MediaOptions.Poller to Portable.");
        Watch(_urgent, _wake, WakeMark);
    }

    public void Add(LegStream leg)
    {
        if (leg.Transports is not { Rtp: IFileDescriptorTransport rtp, Rtcp: IFileDescriptorTransport rtcp })
        {
            _unwatched.Add(leg);
            return;
        }

        if (!_freeSlots.TryPop(out var slot))
        {
            slot = _slots.Count;
            _slots.Add(null);
        }

        _slots[slot] = leg;
        leg.PollSlot = slot;
        leg.IsWatchedUrgently = leg.IsRelaying;
        Watch(leg.IsRelaying ? _urgent : _calm, rtp.FileDescriptor, (ulong)slot << 1);
        Watch(_calm, rtcp.FileDescriptor, ((ulong)slot << 1) | 1);
    }

    public void Remove(LegStream leg)
    {
        if (leg.Transports is not { Rtp: IFileDescriptorTransport rtp, Rtcp: IFileDescriptorTransport rtcp })
        {
            _unwatched.Remove(leg);
            return;
        }

        Forget(leg.IsWatchedUrgently ? _urgent : _calm, rtp.FileDescriptor);
        Forget(_calm, rtcp.FileDescriptor);
        _slots[leg.PollSlot] = null;
        _freeSlots.Push(leg.PollSlot);
    }

    public void SetUrgent(LegStream leg)
    {
        if (leg.IsRelaying == leg.IsWatchedUrgently || leg.Transports is not { Rtp: IFileDescriptorTransport rtp })
            return;
        Forget(leg.IsWatchedUrgently ? _urgent : _calm, rtp.FileDescriptor);
        leg.IsWatchedUrgently = leg.IsRelaying;
        Watch(leg.IsRelaying ? _urgent : _calm, rtp.FileDescriptor, (ulong)leg.PollSlot << 1);
    }

    public void Wait(int timeoutMilliseconds)
    {
        _ready = Collect(_urgent, timeoutMilliseconds);
    }

    public void Dispatch(long now, bool all)
    {
        TakeReady(now);
        if (!all)
            return;
        for (var batch = MostBatches; batch > 0; batch--)
        {
            _ready = Collect(_calm, timeoutMilliseconds: 0);
            var wasFull = _ready == MostEvents;
            TakeReady(now);
            if (!wasFull)
                break;
        }

        for (var i = 0; i < _unwatched.Count; i++)
            PortablePoller.Drain(_unwatched[i], rtcpToo: true, now);
    }

    public void Wake()
    {
        ulong one = 1;
        _ = LinuxCalls.Write(_wake, (byte*)&one, sizeof(ulong));
    }

    public void Dispose()
    {
        _ = LinuxCalls.Close(_urgent);
        _ = LinuxCalls.Close(_calm);
        _ = LinuxCalls.Close(_wake);
    }

    // Negative when a signal came: nothing is ready.
    private int Collect(int epoll, int timeoutMilliseconds)
    {
        fixed (byte* events = _events)
            return LinuxCalls.EpollWait(epoll, events, MostEvents, timeoutMilliseconds);
    }

    private void TakeReady(long now)
    {
        for (var i = 0; i < _ready; i++)
        {
            var data = MemoryMarshal.Read<ulong>(_events.AsSpan((i * EventSize) + DataOffset));
            if (data == WakeMark)
                ClearWake();
            else if (_slots[(int)(data >> 1)] is { } leg)
                Take(leg, rtcp: (data & 1) != 0, now);
        }

        _ready = 0;
    }

    private static void Take(LegStream leg, bool rtcp, long now)
    {
        if (rtcp)
            leg.ReceiveRtcp(now);
        else
            leg.ReceiveRtp(now);
    }

    private static void Watch(int epoll, int descriptor, ulong data)
    {
        var ev = stackalloc byte[16];
        *(uint*)ev = LinuxCalls.Readable;
        *(ulong*)(ev + DataOffset) = data;
        _ = LinuxCalls.EpollControl(epoll, LinuxCalls.ControlAdd, descriptor, ev);
    }

    private static void Forget(int epoll, int descriptor)
    {
        var ev = stackalloc byte[16];
        _ = LinuxCalls.EpollControl(epoll, LinuxCalls.ControlDelete, descriptor, ev);
    }

    private void ClearWake()
    {
        ulong count;
        _ = LinuxCalls.Read(_wake, (byte*)&count, sizeof(ulong));
    }
}
