namespace FaLW;

/// <summary>Files and folders that cannot be read or written: what the system says of them is the reason in a fault that the caller makes.</summary>
internal static class ClosedPlace
{
    public static void Guard(Action work, Func<string, Exception, Exception> fault) => Guard(
        () =>
        {
            work();
            return true;
        },
        fault);

    public static T Guard<T>(Func<T> work, Func<string, Exception, Exception> fault)
    {
        try
        {
            return work();
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            throw fault(closed.Message.TrimEnd('.'), closed);
        }
    }
}
