using System.Runtime.InteropServices;

namespace FaLW.Kernel.Commands;

internal static class Endings
{
    private const int SignalBase = 128;

    public static async Task<int> Of(string usage, Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (UsageException wrong)
        {
            return Tell($"{wrong.Message}\n{usage}", ExitCode.WrongUsage);
        }
        catch (Exception fault) when (fault is NotebookFault or IOException or UnauthorizedAccessException)
        {
            return Tell(fault.Message, ExitCode.Failed);
        }
    }

    public static string OfProcess(int code) => code > SignalBase
        ? FormattableString.Invariant($"the process of the notebook was ended by signal {code - SignalBase}; its last words are above.")
        : FormattableString.Invariant($"the process of the notebook ended with code {code}; its last words are above.");

    private static int Tell(string sentence, int code)
    {
        ConsoleBridge.Log.WriteLine(sentence);
        ConsoleBridge.Log.Flush();
        return code;
    }
}

internal static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int WrongUsage = 2;
    public const int Interrupted = 130;
}

internal sealed class Stop : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration[] signals;

    public Stop() => signals = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel)];
    public CancellationToken Token => source.Token;

    public void Dispose()
    {
        foreach (var signal in signals) signal.Dispose();
        source.Dispose();
    }

    private void Cancel(PosixSignalContext context)
    {
        context.Cancel = true;
        _ = source.CancelAsync();
    }
}
