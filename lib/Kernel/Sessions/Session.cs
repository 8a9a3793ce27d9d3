using FaLW.Kernel.Rendering;

namespace FaLW.Kernel.Sessions;

/// <summary>
/// A running conversation in C#: each cell sees what the cells before it declared. One cell runs at a time; the console of
/// the process belongs to the running cell.
/// </summary>
public sealed class Session
{
    private readonly SubmissionChain chain;
    private readonly string folder;
    private readonly Lock gate = new();
    private CellThread? running;

    /// <summary>A session without any cell yet.</summary>
    /// <param name="folder">Where relative paths of <c>#r</c>, <c>#load</c> and <c>#!import</c> begin; null for the current folder.</param>
    public Session(string? folder = null)
    {
        this.folder = Path.GetFullPath(folder ?? Directory.GetCurrentDirectory());
        chain = new SubmissionChain(this.folder);
        ConsoleBridge.Install();
    }

    internal SubmissionChain Chain => chain;

    /// <summary>Runs one cell and waits for its end. What it puts out goes to the sink, its error too.</summary>
    /// <param name="code">The cell.</param>
    /// <param name="name">What messages call it, such as <c>In [3]</c>.</param>
    /// <param name="sink">Where its output goes.</param>
    /// <param name="cancellation">Interrupts the cell, as <see cref="Interrupt"/> does.</param>
    public CellResult Run(string code, string name, ICellSink sink, CancellationToken cancellation = default)
    {
        var thread = new CellThread();
        lock (gate) running = thread;
        using var stop = cancellation.UnsafeRegister(_ => thread.Interrupt(), null);
        var error = Attempt(thread, name, () => RunAll(thread, code, name, sink));
        lock (gate) running = null;
        NativeStreams.Drain();
        CellContext.Leave();
        if (error is not null) sink.Error(error);
        return new CellResult(error, thread.Interrupted.IsCancellationRequested, thread.IsAbandoned);
    }

    /// <summary>Asks the running cell to stop: softly, which keeps its variables, then, a second later, hard.</summary>
    /// <param name="giveUpAfter">How long after that to leave a cell behind that is in native code; null to wait for it.</param>
    /// <returns>Whether there was a cell to stop.</returns>
    public bool Interrupt(TimeSpan? giveUpAfter = null)
    {
        lock (gate)
        {
            running?.Interrupt(giveUpAfter);
            return running is not null;
        }
    }

    /// <summary>Compiles something small, so that the first cell finds the compiler ready.</summary>
    public void WarmUp()
    {
        using var nowhere = new MemoryStream();
        new SubmissionChain(folder).Draft("Console.WriteLine(new[] { 1 }.Select(x => x + 1).Sum());", "warm-up").Emit(nowhere);
    }

    private CellError? Attempt(CellThread thread, string name, Func<CellError?> work)
    {
        var errors = new RunTimeErrors(name, chain.Line);
        CellError? error = null;
        Exception? fault = null;
        try
        {
            thread.Run(() => error = work());
        }
        catch (Exception thrown)
        {
            fault = thrown;
        }
        if (thread.IsAbandoned || fault is not null && thread.Interrupted.IsCancellationRequested) return errors.Interrupted(fault);
        return fault is null ? error : errors.Of(fault);
    }

    private CellError? RunAll(CellThread thread, string code, string name, ICellSink sink)
    {
        new CellContext(sink, thread.Interrupted).Enter();
        var directives = Directives.Read(code);
        if (directives.Fault is { } sentence) return Sentence(sentence, FormattableString.Invariant($"{name}:line {directives.Line}"));
        foreach (var import in directives.Imports)
            foreach (var (place, part) in ImportedCells.Read(Path.Combine(folder, import)))
                if (RunAll(thread, part, place, sink) is { } error)
                    return error;
        return RunOne(thread, directives.Code, name, sink);
    }

    private CellError? RunOne(CellThread thread, string code, string name, ICellSink sink)
    {
        var (submission, errors) = chain.Compile(code, name, thread.Interrupted);
        foreach (var complaint in chain.Loader.TakeComplaints()) sink.Write(StandardStream.Error, complaint + "\n");
        if (errors.Count > 0) return CompileErrors.Of(errors, chain.Sources);
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

    private static CellError Sentence(string sentence, string place) =>
        new(CompileErrors.Name, sentence, [$"{place}: {sentence}"], place);
}
