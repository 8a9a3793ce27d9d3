using System.Collections.Concurrent;

namespace FaLW.Kernel.Jupyter;

/// <summary>Reminds sinks to send what they gathered. A thread of its own, because a cell may have filled the pool.</summary>
internal static class FlushClock
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);
    private static readonly BlockingCollection<LiveSink> Waiting = Begin();

    /// <summary>Has the sink flushed in a moment.</summary>
    public static void Remind(LiveSink sink) => Waiting.Add(sink);

    private static BlockingCollection<LiveSink> Begin()
    {
        var sinks = new BlockingCollection<LiveSink>();
        new Thread(() => FlushAll(sinks)) { IsBackground = true, Name = "flush" }.Start();
        return sinks;
    }

    private static void FlushAll(BlockingCollection<LiveSink> sinks)
    {
        using var never = new ManualResetEventSlim();
        foreach (var sink in sinks.GetConsumingEnumerable())
        {
            never.Wait(Moment);
            sink.Flush();
        }
    }
}
