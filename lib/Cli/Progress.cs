using FaLW.Experiments;
using Spectre.Console;

namespace FaLW.Cli;

/// <summary>Shows a job at work: bars where a person is watching, lines where the stream goes to a file.</summary>
internal static class ProgressView
{
    public static void Over(Terminal terminal, Action<IProgress<LabProgress>> work)
    {
        if (!terminal.IsLive)
        {
            work(new ProgressLines(terminal.Error));
            return;
        }
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        console.Progress().AutoClear(enabled: true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn())
            .Start(context => work(new ProgressBars(context, console)));
    }
}

/// <summary>One bar for the stage at work and one for the whole job, each with the time left; finished stages and notices appear above them.</summary>
internal sealed class ProgressBars(ProgressContext context, IAnsiConsole console) : IProgress<LabProgress>
{
    private readonly RemainingTime remaining = new();
    private readonly ProgressTask stage = context.AddTask("preparing", maxValue: 1);
    private readonly ProgressTask job = context.AddTask("whole job", maxValue: 1);

    public void Report(LabProgress value)
    {
        remaining.Hear(value);
        if (value.Event == LabEvent.Notice) console.WriteLine(value.Text);
        else Draw(value);
    }

    private void Draw(LabProgress value)
    {
        stage.Value = value.Fraction;
        stage.Description = Markup.Escape($"{value.Text}, {remaining.OfStage(value)} left");
        job.Value = value.WorkDone / Math.Max(value.WorkDone + value.WorkLeft, 1e-9);
        job.Description = $"whole job, {remaining.OfJob(value)} left";
        if (value.Event == LabEvent.Finished)
            console.WriteLine(ProgressLines.Done(value));
    }
}

/// <summary>One line when a stage begins, at every tenth of it, and when it ends.</summary>
internal sealed class ProgressLines(TextWriter output) : IProgress<LabProgress>
{
    private readonly RemainingTime remaining = new();
    private int tenths;

    public void Report(LabProgress value)
    {
        remaining.Hear(value);
        if (value.Event == LabEvent.Advanced && ((int)(value.Fraction * 10) == tenths || value.Fraction >= 1)) return;
        if (value.Event != LabEvent.Notice) tenths = (int)(value.Fraction * 10);
        output.WriteLine(value.Event == LabEvent.Notice ? value.Text : value.Event == LabEvent.Finished ? Done(value) : Line(value, State(value)));
        output.Flush();
    }

    /// <summary>That a stage is made, in a line.</summary>
    public static string Done(LabProgress value) => Line(value, FormattableString.Invariant($"done in {value.Seconds:0.0} s"));

    private static string Line(LabProgress value, string state) => FormattableString.Invariant($"[{value.Stage}/{value.Stages}] {value.Text}: {state}");

    private string State(LabProgress value) => value.Event switch
    {
        LabEvent.Started => "started",
        LabEvent.Advanced => FormattableString.Invariant($"{value.Fraction * 100:0} %, {remaining.OfStage(value)} left (whole job: {remaining.OfJob(value)})"),
        _ => FormattableString.Invariant($"kept (took {value.Seconds:0.0} s)"),
    };
}
