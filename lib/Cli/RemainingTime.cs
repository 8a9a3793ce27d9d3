using System.Diagnostics;
using FaLW.Experiments;

namespace FaLW.Cli;

/// <summary>How long a stage and the whole job will still take if they go on as they began.</summary>
internal sealed class RemainingTime
{
    private readonly Stopwatch job = Stopwatch.StartNew();
    private readonly Stopwatch stage = new();

    /// <summary>Starts the clock of a stage when one starts.</summary>
    public void Hear(LabProgress news)
    {
        if (news.Event == LabEvent.Started) stage.Restart();
    }

    public string OfStage(LabProgress news) => Words(stage.Elapsed, news.Fraction, 1 - news.Fraction);

    public string OfJob(LabProgress news) => Words(job.Elapsed, news.WorkDone, news.WorkLeft);

    /// <summary>"12 s", "3 min 5 s", "1 h 20 min"; a question mark while nothing is done.</summary>
    public static string Words(TimeSpan elapsed, double done, double left) => done <= 0 ? "?" : (elapsed * (Math.Max(left, 0) / done)) switch
    {
        { TotalMinutes: < 1 } time => FormattableString.Invariant($"{Math.Ceiling(time.TotalSeconds):0} s"),
        { TotalHours: < 1 } time => FormattableString.Invariant($"{time.Minutes} min {time.Seconds} s"),
        var time => FormattableString.Invariant($"{(int)time.TotalHours} h {time.Minutes} min"),
    };
}
