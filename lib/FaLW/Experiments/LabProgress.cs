using System.Diagnostics;
using FaLW.Figures;

namespace FaLW.Experiments;

/// <summary>What kind of news a <see cref="LabProgress"/> is.</summary>
public enum LabEvent
{
    /// <summary>A stage begins to be computed.</summary>
    Started,

    /// <summary>A stage is partly done.</summary>
    Advanced,

    /// <summary>A stage was computed and kept.</summary>
    Finished,

    /// <summary>A stage was there already.</summary>
    Reused,

    /// <summary>A sentence worth reading: a damaged entry, a wait for another process, results that come from records.</summary>
    Notice,
}

/// <summary>News from a <see cref="Lab"/> at work.</summary>
/// <param name="Event">What kind of news.</param>
/// <param name="Text">The stage in words ("Original, seed 0"), or the sentence of a notice.</param>
public sealed record LabProgress(LabEvent Event, string Text)
{
    /// <summary>Position of the stage in the whole job, from 1.</summary>
    public int Stage { get; init; }

    /// <summary>Number of distinct stages of the whole job.</summary>
    public int Stages { get; init; }

    /// <summary>How much of the stage is done, 0 to 1.</summary>
    public double Fraction { get; init; }

    /// <summary>Seconds the stage took when it was computed; 0 until it is finished.</summary>
    public double Seconds { get; init; }

    /// <summary>Work done so far in this job, in rough units; stages kept from before do not count.</summary>
    public double WorkDone { get; init; }

    /// <summary>Work left in this job, in the same units.</summary>
    public double WorkLeft { get; init; }

    /// <summary>Where and when the stage was computed; null until it is there.</summary>
    public Provenance? Origin { get; init; }

    /// <summary>Of a notice: whether it is the same whenever the same is asked of the same files, so that it may stand in a committed notebook.</summary>
    public bool IsSteady { get; init; }
}

/// <summary>How long a stage and the whole job will still take if they go on as they began.</summary>
public sealed class RemainingTime
{
    private readonly TimeProvider clock;
    private long job, stage;
    private double done = double.PositiveInfinity;

    /// <summary>Clocks that start now.</summary>
    public RemainingTime() : this(TimeProvider.System) { }

    internal RemainingTime(TimeProvider clock) => (this.clock, job, stage) = (clock, clock.GetTimestamp(), clock.GetTimestamp());

    /// <summary>Starts the clock of a stage when one starts, and that of the job when less is done than before: a lab may be asked for one job after the other.</summary>
    /// <param name="news">Every piece of news, as it comes.</param>
    public void Hear(LabProgress news)
    {
        if (news.Event == LabEvent.Notice) return;
        if (news is { Stage: 1, Event: LabEvent.Started } || news.WorkDone < done) job = clock.GetTimestamp();
        done = news.WorkDone;
        if (news.Event == LabEvent.Started) stage = clock.GetTimestamp();
    }

    /// <summary>Time left of the stage at work, in words.</summary>
    public string OfStage(LabProgress news) => Words(clock.GetElapsedTime(stage), news.Fraction, 1 - news.Fraction);

    /// <summary>Time left of the whole job, in words.</summary>
    public string OfJob(LabProgress news) => Words(clock.GetElapsedTime(job), news.WorkDone, news.WorkLeft);

    // A question mark while nothing is done.
    private static string Words(TimeSpan elapsed, double done, double left) => done <= 0 ? "?" : Words(elapsed * (Math.Max(left, 0) / done));

    /// <summary>"12 s", "3 min 5 s", "1 h 20 min".</summary>
    /// <param name="span">Any time that is not negative.</param>
    public static string Words(TimeSpan span) => span switch
    {
        { TotalMinutes: < 1 } time => Invariant($"{Math.Ceiling(time.TotalSeconds):0} s"),
        { TotalHours: < 1 } time => Invariant($"{time.Minutes} min {time.Seconds} s"),
        var time => Invariant($"{(int)time.TotalHours} h {time.Minutes} min"),
    };
}

/// <summary>
/// What a lab without a listener tells in a notebook. Where a person watches: after two seconds of work one line, changed in place, with the
/// stage, its share and the time left, and at the end one line on what was computed and what was there. In a run without a person: only sentences
/// that are the same every time. Outside of notebooks: nothing.
/// </summary>
internal sealed class CellProgress(Func<TimeSpan>? clock = null) : IProgress<LabProgress>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2), Pause = TimeSpan.FromSeconds(0.25);

    private readonly long start = Stopwatch.GetTimestamp();
    private readonly List<LabProgress> made = [], kept = [];
    private RemainingTime remaining = new();
    private TimeSpan begun, drawn;
    private Action<string>? place;
    private LabProgress? last;

    private TimeSpan Now => clock?.Invoke() ?? Stopwatch.GetElapsedTime(start);

    public void Begin()
    {
        made.Clear();
        kept.Clear();
        (remaining, place, last, begun) = (new RemainingTime(), null, null, Now);
    }

    public void Report(LabProgress value)
    {
        if (value.Event == LabEvent.Notice)
        {
            if (value.IsSteady || NotebookHost.IsLive) NotebookHost.Say(value.Text);
            return;
        }

        last = value;
        if (value.Event == LabEvent.Finished) made.Add(value);
        if (value.Event == LabEvent.Reused) kept.Add(value);
        remaining.Hear(value);
        var now = Now;
        if (now - begun < Patience || now - drawn < Pause) return;
        drawn = now;
        Draw(Invariant($"{value.Text}: {value.Fraction * 100:0} %, stage {value.Stage} of {value.Stages}, {remaining.OfJob(value)} left of the whole job"));
    }

    public void End(bool isWhole)
    {
        if (last is null || !NotebookHost.IsLive || (!isWhole && place is null)) return;
        try
        {
            Draw(isWhole ? string.Join(' ', new[] { Computed, Kept }.Where(part => part.Length > 0)) : Stopped(last));
        }
        catch (OperationCanceledException) when (!isWhole)
        {
            // A cell that was stopped can show nothing any more, and what stopped it is already on its way.
        }
    }

    private string Stopped(LabProgress news) => Invariant($"Stopped: {made.Count + kept.Count} of {news.Stages} stages are done and kept; the same call goes on from there.");

    private string Computed => made.Count == 0 ? ""
        : Invariant($"Computed here: {Stages(made.Count)} in {RemainingTime.Words(Now - begun)}.");

    private string Kept => string.Join(' ',
        from made in kept.Select(stage => stage.Origin).OfType<Provenance>()
        group made by made.Ground into origin
        select $"From the cache: {Stages(origin.Count())}, computed {Provenance.Span(origin)} on {origin.Key}; Fresh = true in the settings of the lab computes anew.");

    private static string Stages(int count) => Invariant($"{count} stage{(count == 1 ? "" : "s")}");

    private void Draw(string line)
    {
        if (place is { } there) there(line);
        else place = NotebookHost.Live(line);
    }
}
