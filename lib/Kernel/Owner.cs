namespace FaLW.Kernel;

/// <summary>Whoever started this process: what it was started for ends when its owner is gone, however that came, or needs it no more.</summary>
internal static class Owner
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    /// <summary>Tells when a stream ends: the owner holds its other end and writes nothing.</summary>
    public static void Watch(Stream stream, Action gone) => Begin(gone, () =>
    {
        using (stream)
            while (stream.ReadByte() >= 0) { }
    });

    /// <summary>Tells when this process gets another parent; for an owner that gives no stream.</summary>
    public static void WatchParent(Action gone)
    {
        var parent = LibC.ParentProcess();
        Begin(gone, () =>
        {
            using var never = new ManualResetEventSlim();
            while (LibC.ParentProcess() == parent) never.Wait(Period);
        });
    }

    private static void Begin(Action gone, Action wait) => new Thread(() =>
    {
        wait();
        gone();
    })
    { IsBackground = true, Name = "owner" }.Start();
}
