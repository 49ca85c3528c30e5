namespace CallCenterKit.Sip.Transactions;

/// <summary>Byte arrays in steps of 128, so that a lingering response costs little more than its length. One thread.</summary>
internal sealed class SipBufferPool
{
    private const int StepBytes = 128;
    private const int Steps = 32;
    private const int KeptPerStep = 1024;

    private readonly Stack<byte[]>[] _free = CreateStacks();

    internal byte[] Rent(int bytes)
    {
        var step = (bytes + StepBytes - 1) / StepBytes;
        if (step >= Steps) return GC.AllocateUninitializedArray<byte>(bytes);
        return _free[step].TryPop(out var buffer) ? buffer : GC.AllocateUninitializedArray<byte>(step * StepBytes);
    }

    internal void Return(byte[] buffer)
    {
        var step = buffer.Length / StepBytes;
        if (step < Steps && step * StepBytes == buffer.Length && _free[step].Count < KeptPerStep) _free[step].Push(buffer);
    }

    private static Stack<byte[]>[] CreateStacks()
    {
        var stacks = new Stack<byte[]>[Steps];
        for (var i = 0; i < Steps; i++) stacks[i] = new Stack<byte[]>();
        return stacks;
    }
}
