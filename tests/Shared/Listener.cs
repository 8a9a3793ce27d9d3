namespace FaLW.Tests.Shared;

/// <summary>Hears a report at once, on the thread that makes it.</summary>
internal sealed class Listener<T>(Action<T> hear) : IProgress<T>
{
    public void Report(T value) => hear(value);
}
