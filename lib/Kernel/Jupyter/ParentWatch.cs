using FaLW.Kernel.Sessions;

namespace FaLW.Kernel.Jupyter;

/// <summary>Ends the kernel when the front end that started it is gone without a word.</summary>
internal static class ParentWatch
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    /// <summary>Calls back when the parent is gone; never when nobody asked to watch it.</summary>
    /// <remarks>Jupyter names itself in JPY_PARENT_PID; on Windows that is a handle and not a process id, so it is left alone.</remarks>
    public static void Begin(Action gone)
    {
        if (!LibC.IsThere || Environment.GetEnvironmentVariable("JPY_PARENT_PID") is not { Length: > 0 }) return;
        var parent = LibC.ParentProcess();
        new Thread(() => Watch(parent, gone)) { IsBackground = true, Name = "parent watch" }.Start();
    }

    private static void Watch(int parent, Action gone)
    {
        using var never = new ManualResetEventSlim();
        while (LibC.ParentProcess() == parent) never.Wait(Period);
        gone();
    }
}
