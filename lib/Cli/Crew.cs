using System.ComponentModel;
using System.Diagnostics;
using FaLW.Data;
using FaLW.Experiments;
using FaLW.Kernel.Commands;
using FaLW.Training;

namespace FaLW.Cli;

/// <summary>
/// Processes beside this one that work on the same order over the same cache, started when there turns out to be something to compute. They are processes and
/// not threads: TorchSharp frees numbers that libtorch still reads when another thread collects garbage, and a step then counts with whatever stands there.
/// </summary>
internal sealed class Crew : IProgress<LabProgress>, IDisposable
{
    private const int Most = 4;

    // A process holds 1.6 GiB at Small, and more where images or network are larger.
    private const long MemoryOfOne = 3L << 30;

    private readonly Queue<IEnumerable<string>> open;
    private readonly IProgress<LabProgress> listener;
    private readonly List<Process> all = [];
    private bool isOver;

    private Crew(RunOrder order, string study, IProgress<LabProgress> listener) =>
        (this.listener, open) = (listener, new(Enumerable.Repeat(order.Help(study), order.Processes - 1)));

    /// <summary>As many as there are cores to share, where the processor computes and nobody has said how many threads a process takes. Each has images and network in memory for itself.</summary>
    public static int Processes(string device) => Environment.GetEnvironmentVariable("OMP_NUM_THREADS") is { Length: > 0 } || Machine.DeviceNamed(device).type != TorchSharp.DeviceType.CPU ? 1
        : (int)Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / MemoryOfOne, 1, Math.Min(Compute.PhysicalCores(), Most));

    /// <summary>Shows the work of an order and has it helped with. Where the order itself helps, there is only what it made to be told.</summary>
    /// <exception cref="Fault">It cannot be helped with.</exception>
    public static void Over(RunOrder order, string study, Terminal terminal, Action<IProgress<LabProgress>> work)
    {
        if (order.Helps) work(new Doings(terminal.Output));
        else if (!order.IsShared) ProgressView.Over(terminal, work);
        else if (order.Fresh) throw new Fault("--processes does not go with --fresh: each takes from the cache what the others made. To compute everything anew, set FALW_CACHE to an empty folder and give --no-records.");
        else
            ProgressView.Over(terminal, listener =>
            {
                using var helpers = new Crew(order, study, listener);
                work(helpers);
            });
    }

    public void Report(LabProgress value)
    {
        while (value.Event == LabEvent.Started && open.TryDequeue(out var words)) Start(words);
        lock (listener) listener.Report(value);
    }

    // What they have finished is kept, and what they have in hand somebody made already, or nobody needs.
    public void Dispose()
    {
        lock (all) isOver = true;
        foreach (var process in all)
        {
            process.StandardInput.Close();
            process.WaitForExit();
            process.Dispose();
        }
    }

    private void Start(IEnumerable<string> words)
    {
        var own = typeof(Crew).Assembly.Location;
        var isOwnProgram = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == Path.GetFileNameWithoutExtension(own);
        var start = isOwnProgram ? new ProcessStartInfo(Environment.ProcessPath!, words) : new ProcessStartInfo(OwnProcess.Host(), [own, .. words]);
        (start.UseShellExecute, start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (false, true, true, true);
        var (process, last) = (new Process { StartInfo = start, EnableRaisingEvents = true }, "");
        process.OutputDataReceived += (_, line) => Tell(line.Data);
        process.ErrorDataReceived += (_, line) => last = line.Data is { Length: > 0 } said ? said : last;
        process.Exited += (_, _) =>
        {
            lock (all)
            {
                if (isOver) return;
                process.WaitForExit();
                if (process.ExitCode is not (ExitCode.Done or ExitCode.Interrupted)) Tell($"A process that helped has ended; the work goes on without it. Its last words: {last}");
            }
        };
        try
        {
            process.Start();
        }
        catch (Win32Exception fault)
        {
            Tell($"No process could be started to help ({fault.Message}), so one does all.");
            return;
        }

        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        all.Add(process);
    }

    private void Tell(string? line)
    {
        if (line is { Length: > 0 })
            lock (listener) listener.Report(new LabProgress(LabEvent.Notice, line));
    }

    // One line for each stage that was made here.
    private sealed class Doings(TextWriter output) : IProgress<LabProgress>
    {
        public void Report(LabProgress value)
        {
            if (value.Event != LabEvent.Finished) return;
            output.WriteLine(ProgressLines.Done(value));
            output.Flush();
        }
    }
}
