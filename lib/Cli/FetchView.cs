using FaLW.Data;
using Spectre.Console;

namespace FaLW.Cli;

/// <summary>Shows a download: a bar where a person is watching, a line for every tenth where the stream goes to a file.</summary>
internal static class FetchView
{
    public static Task Over(Terminal terminal, Func<IProgress<FetchProgress>, Task> work) => terminal.IsLive
        ? AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Error) }).Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new DownloadedColumn(), new TransferSpeedColumn(), new RemainingTimeColumn())
            .StartAsync(context => work(new Bars(context)))
        : work(new Lines(terminal.Error));

    private sealed class Bars(ProgressContext context) : IProgress<FetchProgress>
    {
        private readonly Dictionary<string, ProgressTask> tasks = new(StringComparer.Ordinal);

        public void Report(FetchProgress value)
        {
            if (!tasks.TryGetValue(value.File, out var task)) tasks.Add(value.File, task = context.AddTask(Markup.Escape(value.File)));
            task.MaxValue = Math.Max(value.Total, 1);
            task.Value = value.Done;
        }
    }

    private sealed class Lines(TextWriter output) : IProgress<FetchProgress>
    {
        private (string File, long Tenth) last;

        public void Report(FetchProgress value)
        {
            var now = (value.File, value.Done * 10 / Math.Max(value.Total, 1));
            if (now == last) return;
            last = now;
            output.WriteLine(FormattableString.Invariant($"{value.File}: {value.Done / 1e6:0.0} of {value.Total / 1e6:0.0} MB"));
        }
    }
}
