using CallCenterKit.Media.Recording;

namespace CallCenterKit.Media.Tests.Fakes;

/// <summary>Disks in memory that fill up and hang when a test says so. The first folder of a path is its volume.</summary>
internal sealed class FakeDisk : IRecordingDisk
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, FakeDiskFile> _files = [];
    private readonly HashSet<string> _hanging = [];
    private TaskCompletionSource _caught = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Bytes that still fit on it.</summary>
    public long Free { get; set; } = long.MaxValue;

    /// <summary>Every file it holds.</summary>
    public IEnumerable<string> Names
    {
        get
        {
            lock (_gate)
                return [.. _files.Keys];
        }
    }

    /// <summary>From now on a volume answers nothing.</summary>
    /// <returns>Ends when somebody waits for it.</returns>
    public Task HangAsync(string volume)
    {
        lock (_gate)
        {
            _caught = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _hanging.Add(volume);
            return _caught.Task;
        }
    }

    /// <summary>It answers again.</summary>
    public void Answer()
    {
        lock (_gate)
        {
            _hanging.Clear();
            _answer.TrySetResult();
        }
    }

    public byte[] Read(string path)
    {
        lock (_gate)
            return _files[path].ToArray();
    }

    public string VolumeOf(string path) => path.Split('/')[0];

    public IRecordingDiskFile Create(string path, bool createsFolder)
    {
        Wait(path);
        lock (_gate)
        {
            if (!_files.TryAdd(path, new FakeDiskFile(this, path)))
                throw new IOException($"The file '{path}' exists.");
            return _files[path];
        }
    }

    public void Delete(string path)
    {
        lock (_gate)
            _files.Remove(path);
    }

    /// <summary>What any call to a volume does first.</summary>
    public void Wait(string path)
    {
        Task answer;
        lock (_gate)
        {
            if (!_hanging.Contains(VolumeOf(path)))
                return;
            _caught.TrySetResult();
            answer = _answer.Task;
        }

        answer.GetAwaiter().GetResult();
    }

    /// <summary>Takes room.</summary>
    /// <returns>How much of it there is.</returns>
    public long Take(long bytes)
    {
        lock (_gate)
        {
            var taken = Math.Min(bytes, Free);
            Free -= taken;
            return taken;
        }
    }
}
