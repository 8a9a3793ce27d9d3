using System.Diagnostics.CodeAnalysis;
using System.Runtime;

namespace FaLW.Kernel.Sessions;

/// <summary>
/// A running conversation in C#: each cell sees what the cells before it declared. One cell runs at a time; the console of
/// the process belongs to the running cell.
/// </summary>
internal sealed class Session
{
    private readonly Packages packages;
    private readonly string folder;
    private readonly HashSet<string> importing = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private CellThread? running;

    public Session(string? folder = null)
    {
        this.folder = Path.GetFullPath(folder ?? Directory.GetCurrentDirectory());
        Chain = new SubmissionChain(this.folder);
        packages = new Packages(this.folder, Chain.Loader);
        ConsoleBridge.Install();
    }

    public SubmissionChain Chain { get; }

    public CellResult Run(string code, string name, ICellSink sink, TimeSpan? giveUpAfter = null, CancellationToken cancellation = default)
    {
        var thread = new CellThread();
        lock (gate) running = thread;
        using var stop = cancellation.UnsafeRegister(_ => thread.Interrupt(giveUpAfter), null);
        var error = Attempt(thread, name, () => RunAll(thread, code, name, sink));
        lock (gate) running = null;
        NativeStreams.Drain();
        CellContext.Leave();
        if (error is not null) sink.Error(error);
        return new CellResult(error, thread.Interrupted.IsCancellationRequested);
    }

    public bool Interrupt(TimeSpan? giveUpAfter = null)
    {
        lock (gate)
        {
            running?.Interrupt(giveUpAfter);
            return running is not null;
        }
    }

    public void WarmUp()
    {
        using var nowhere = new MemoryStream();
        new SubmissionChain(folder).Draft("Console.WriteLine(new[] { 1 }.Select(x => x + 1).Sum());", "warm-up").Emit(nowhere);
    }

    private CellError? Attempt(CellThread thread, string name, Func<CellError?> work)
    {
        var errors = new RunTimeErrors(name, Chain.Line);
        CellError? error = null;
        var fault = thread.Run(() => error = work());
        if (fault is NotebookFault told) return CompileErrors.Sentence(told.Message, name);
        if (thread.IsAbandoned || fault is not null && thread.Interrupted.IsCancellationRequested) return errors.Interrupted(fault);
        return fault is null ? error : errors.Of(fault);
    }

    private CellError? RunAll(CellThread thread, string code, string name, ICellSink sink)
    {
        new CellContext(sink, thread.Interrupted).Enter();
        var directives = Directives.Read(code);
        if (directives.Fault is { } sentence) return CompileErrors.Sentence(sentence, FormattableString.Invariant($"{name}:line {directives.Line}"));
        foreach (var import in directives.Imports)
            if (Imported(thread, import, sink) is { } error)
                return error;
        var references = packages.Take(directives.Packages, text => Progress(sink, text), thread.Interrupted);
        if (directives.Prose is { } prose) DisplayHandle.Show(MimeBundle.Of("text/markdown", prose));
        else if (directives.Who is (true, _)) DisplayHandle.Show(Variables.Names(Chain.States()));
        if (directives.Who is (_, true)) DisplayHandle.Show(Variables.Values(Chain.States()));
        return directives.Prose is null ? RunOne(thread, directives.Code, name, sink, references) : null;
    }

    private CellError? Imported(CellThread thread, string import, ICellSink sink)
    {
        var path = Path.GetFullPath(Path.Combine(folder, import));
        if (!importing.Add(path)) throw new NotebookFault($"#!import {import}: that file is being imported already, by itself or by one that it imports. Take the line out of one of them.");
        try
        {
            return ImportedCells.Read(path).Select(cell => RunAll(thread, cell.Code, cell.Name, sink)).FirstOrDefault(error => error is not null);
        }
        finally
        {
            importing.Remove(path);
        }
    }

    // A notebook that is run by nobody keeps no trace of it.
    private static void Progress(ICellSink sink, string text)
    {
        if (sink.IsLive) sink.Write(StandardStream.Error, text + "\n");
        else if (!Console.IsErrorRedirected) ConsoleBridge.Log.WriteLine(text);
    }

    private CellError? RunOne(CellThread thread, string code, string name, ICellSink sink, IReadOnlyList<string> references)
    {
        var (submission, errors) = Chain.Compile(code, name, references, thread.Interrupted);
        foreach (var complaint in Chain.Loader.TakeComplaints()) sink.Write(StandardStream.Error, complaint + "\n");
        if (errors.Count > 0) return CompileErrors.Of(errors, Chain.Sources);
        if (submission is null) return null;
        MimeBundle? result = null;
        thread.Execute(() =>
        {
            var value = submission.Run();
            // Rendering may run the person's code, so it can be interrupted too.
            if (submission.HasValue) result = ValueFormatter.Bundle(value);
        });
        if (result is not null) sink.Result(result);
        return null;
    }
}

/// <summary>
/// One cell's own thread, and the three ways to stop it. Softly: a token that the cell can see, and an end to any wait it
/// is in; its variables are kept. Hard, a second later: the thread is aborted. At last, if the caller cannot wait for native
/// code to return: the thread is left behind.
/// </summary>
[SuppressMessage("Reliability", "CA1001", Justification = "The tokens outlive the cell: its background tasks and the code that stops it hold them.")]
internal sealed class CellThread
{
    // Recursion in a cell should reach as deep as in a program with generous limits.
    private const int StackBytes = 64 << 20;

    private static readonly TimeSpan Courtesy = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource soft = new();
    private readonly CancellationTokenSource hard = new();
    private readonly ManualResetEventSlim over = new();
    private readonly Lock gate = new();
    private Thread? executing;
    private volatile bool abandoned;

    public CancellationToken Interrupted => soft.Token;
    public bool IsAbandoned => abandoned;

    public Exception? Run(Action work)
    {
        Exception? failure = null;
        var thread = new Thread(Body, StackBytes) { IsBackground = true, Name = "cell" };
        try
        {
            thread.Start();
        }
        catch (OutOfMemoryException none)
        {
            return none;
        }
        over.Wait();
        return failure;

        void Body()
        {
            try
            {
                work();
            }
            catch (Exception fault)
            {
                failure = fault;
            }
            finally
            {
                over.Set();
            }
        }
    }

    public void Execute(Action cell)
    {
        lock (gate) executing = Thread.CurrentThread;
        try
        {
#pragma warning disable SYSLIB0046 // The one supported way to stop code that does not cooperate; nothing of ours runs inside.
            ControlledExecution.Run(cell, hard.Token);
#pragma warning restore SYSLIB0046
        }
        finally
        {
            lock (gate) executing = null;
        }
    }

    public void Interrupt(TimeSpan? giveUpAfter = null)
    {
        // Threads of their own: the cell may have filled the pool, and an abort waits until the cell's thread is gone.
        new Thread(Stop) { IsBackground = true, Name = "stop" }.Start();
        if (giveUpAfter is { } patience) new Thread(() => After(Courtesy + patience, Abandon)) { IsBackground = true, Name = "give up" }.Start();
    }

    private void Stop()
    {
        _ = soft.CancelAsync();
        lock (gate) executing?.Interrupt();
        After(Courtesy, hard.Cancel);
    }

    private void After(TimeSpan delay, Action stop)
    {
        if (!over.Wait(delay)) stop();
    }

    private void Abandon()
    {
        abandoned = true;
        over.Set();
    }
}
