using System.Diagnostics.CodeAnalysis;
using System.Runtime;
using System.Runtime.ExceptionServices;

namespace FaLW.Kernel.Sessions;

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

    /// <summary>Set at the first request to stop.</summary>
    public CancellationToken Interrupted => soft.Token;

    /// <summary>Whether the cell was left behind, still running.</summary>
    public bool IsAbandoned => abandoned;

    /// <summary>Runs the work on a thread of its own and waits for it.</summary>
    public void Run(Action work)
    {
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(Body, StackBytes) { IsBackground = true, Name = "cell" };
        thread.Start();
        over.Wait();
        failure?.Throw();

        void Body()
        {
            try
            {
                work();
            }
            catch (Exception fault)
            {
                failure = ExceptionDispatchInfo.Capture(fault);
            }
            finally
            {
                over.Set();
            }
        }
    }

    /// <summary>The part of the work that is the cell's own code: only this part can be broken off.</summary>
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

    /// <summary>Asks the cell to stop; returns at once.</summary>
    /// <param name="giveUpAfter">How long after the hard stop to leave the thread behind; null for never.</param>
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
