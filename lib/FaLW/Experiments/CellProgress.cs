using System.Diagnostics;
using FaLW.Figures;

namespace FaLW.Experiments;

/// <summary>
/// What a lab without a listener tells in a notebook. Where a person watches: after two seconds of work one line, changed in place, with the
/// stage, its share and the time left, and at the end one line on what was computed and what was there. In a run without a person: only sentences
/// that are the same every time. Outside of notebooks: nothing.
/// </summary>
internal sealed class CellProgress : IProgress<LabProgress>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2), Pause = TimeSpan.FromSeconds(0.25);

    private readonly Func<TimeSpan> clock;
    private readonly List<LabProgress> made = [], kept = [];
    private RemainingTime remaining = new();
    private TimeSpan begun, drawn;
    private Action<string>? place;
    private LabProgress? last;

    public CellProgress(Func<TimeSpan>? clock = null)
    {
        var start = Stopwatch.GetTimestamp();
        this.clock = clock ?? (() => Stopwatch.GetElapsedTime(start));
    }

    /// <summary>A new job begins.</summary>
    public void Begin()
    {
        made.Clear();
        kept.Clear();
        (remaining, place, last, begun) = (new RemainingTime(), null, null, clock());
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
        var now = clock();
        if (now - begun < Patience || now - drawn < Pause) return;
        drawn = now;
        Draw(FormattableString.Invariant($"{value.Text}: {value.Fraction * 100:0} %, stage {value.Stage} of {value.Stages}, {remaining.OfJob(value)} left of the whole job"));
    }

    /// <summary>The job is over.</summary>
    /// <param name="isWhole">Whether it was done to its end.</param>
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

    private string Stopped(LabProgress news) => FormattableString.Invariant($"Stopped: {made.Count + kept.Count} of {news.Stages} stages are done and kept; the same call goes on from there.");

    private string Computed => made.Count == 0 ? ""
        : FormattableString.Invariant($"Computed here: {Stages(made.Count)} in {RemainingTime.Words(clock() - begun)}.");

    private string Kept => string.Join(' ',
        from made in kept.Select(stage => stage.Origin).OfType<Provenance>()
        group made by made.Ground into origin
        select $"From the cache: {Stages(origin.Count())}, computed {Provenance.Span(origin)} on {origin.Key}; Fresh = true in the settings of the lab computes anew.");

    private static string Stages(int count) => FormattableString.Invariant($"{count} stage{(count == 1 ? "" : "s")}");

    private void Draw(string line)
    {
        if (place is { } there) there(line);
        else place = NotebookHost.Live(line);
    }
}
