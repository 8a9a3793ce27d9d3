using FaLW.Experiments;

namespace FaLW.Cli;

/// <summary>One line when a stage begins, at every tenth of it, and when it ends.</summary>
internal sealed class ProgressLines(TextWriter output) : IProgress<LabProgress>
{
    private readonly RemainingTime remaining = new();
    private int tenths;

    public void Report(LabProgress value)
    {
        remaining.Hear(value);
        if (value.Event == LabEvent.Advanced && ((int)(value.Fraction * 10) == tenths || value.Fraction >= 1)) return;
        tenths = (int)(value.Fraction * 10);
        output.WriteLine(value.Event == LabEvent.Notice ? value.Text : Line(value));
        output.Flush();
    }

    private string Line(LabProgress value) => FormattableString.Invariant($"[{value.Stage}/{value.Stages}] {value.Text}: {State(value)}");

    private string State(LabProgress value) => value.Event switch
    {
        LabEvent.Started => "started",
        LabEvent.Advanced => FormattableString.Invariant($"{value.Fraction * 100:0} %, {remaining.OfStage(value)} left (whole job: {remaining.OfJob(value)})"),
        LabEvent.Reused => FormattableString.Invariant($"kept from before (took {value.Seconds:0.0} s then)"),
        _ => FormattableString.Invariant($"done in {value.Seconds:0.0} s"),
    };
}
