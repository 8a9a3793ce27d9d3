using FaLW.Experiments;
using Spectre.Console;

namespace FaLW.Cli;

/// <summary>One bar for the stage at work and one for the whole job, each with the time left; finished stages and notices appear above them.</summary>
internal sealed class ProgressBars(ProgressContext context, IAnsiConsole console) : IProgress<LabProgress>
{
    private readonly RemainingTime remaining = new();
    private readonly ProgressTask stage = context.AddTask("preparing", maxValue: 1);
    private readonly ProgressTask job = context.AddTask("whole job", maxValue: 1);

    public static void Over(Action<IProgress<LabProgress>> work)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        console.Progress().AutoClear(enabled: true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn())
            .Start(context => work(new ProgressBars(context, console)));
    }

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
            console.WriteLine(FormattableString.Invariant($"[{value.Stage}/{value.Stages}] {value.Text}: {value.Seconds:0.0} s"));
    }
}
