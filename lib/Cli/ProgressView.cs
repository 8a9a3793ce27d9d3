using FaLW.Experiments;

namespace FaLW.Cli;

/// <summary>Shows a job at work: bars where a person is watching, lines where the stream goes to a file.</summary>
internal static class ProgressView
{
    public static void Over(Terminal terminal, Action<IProgress<LabProgress>> work)
    {
        if (terminal.IsLive) ProgressBars.Over(work);
        else work(new ProgressLines(terminal.Error));
    }
}
