using System.Diagnostics;

namespace FaLW.Experiments;

/// <summary>How long a stage and the whole job will still take if they go on as they began.</summary>
public sealed class RemainingTime
{
    private readonly Stopwatch job = Stopwatch.StartNew();
    private readonly Stopwatch stage = new();

    /// <summary>Starts the clock of a stage when one starts.</summary>
    /// <param name="news">Every piece of news, as it comes.</param>
    public void Hear(LabProgress news)
    {
        if (news.Event == LabEvent.Started) stage.Restart();
    }

    /// <summary>Time left of the stage at work, in words.</summary>
    /// <param name="news">The newest news.</param>
    public string OfStage(LabProgress news) => Words(stage.Elapsed, news.Fraction, 1 - news.Fraction);

    /// <summary>Time left of the whole job, in words.</summary>
    /// <param name="news">The newest news.</param>
    public string OfJob(LabProgress news) => Words(job.Elapsed, news.WorkDone, news.WorkLeft);

    /// <summary>"12 s", "3 min 5 s", "1 h 20 min"; a question mark while nothing is done.</summary>
    /// <param name="elapsed">Time so far.</param>
    /// <param name="done">Work done in that time.</param>
    /// <param name="left">Work left, in the same unit.</param>
    public static string Words(TimeSpan elapsed, double done, double left) => done <= 0 ? "?" : Words(elapsed * (Math.Max(left, 0) / done));

    /// <summary>"12 s", "3 min 5 s", "1 h 20 min".</summary>
    /// <param name="span">Any time that is not negative.</param>
    public static string Words(TimeSpan span) => span switch
    {
        { TotalMinutes: < 1 } time => FormattableString.Invariant($"{Math.Ceiling(time.TotalSeconds):0} s"),
        { TotalHours: < 1 } time => FormattableString.Invariant($"{time.Minutes} min {time.Seconds} s"),
        var time => FormattableString.Invariant($"{(int)time.TotalHours} h {time.Minutes} min"),
    };
}
