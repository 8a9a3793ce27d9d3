namespace FaLW.Kernel.Tests.Sessions;

public sealed class InterruptTests
{
    private readonly Conversation talk = new();

    [Theory]
    [InlineData("Thread.Sleep(60_000);")]
    [InlineData("await Task.Delay(60_000);")]
    [InlineData("await Task.Delay(60_000, Cancellation);")]
    [InlineData("new ManualResetEventSlim().Wait();")]
    [InlineData("Task.Delay(60_000).Wait();")]
    [InlineData("while (true) Console.Write(\".\");")]
    [InlineData("while (!Cancellation.IsCancellationRequested) { } Cancellation.ThrowIfCancellationRequested();")]
    [InlineData("while (true) { }")]
    public void A_cell_is_stopped_and_its_variables_are_kept(string endless)
    {
        var stopper = new Probe { OnText = text => { if (text == "go") talk.Session.Interrupt(); } };
        talk.Ask($"var kept = 0; kept = 5; Console.Write(\"go\"); {endless}", stopper);
        Assert.Equal("The cell was interrupted.", stopper.LastError?.Message);
        Assert.Equal("[result 5]", talk.Say("kept"));
    }

    [Fact]
    public void A_stop_shows_the_line_of_the_cell_and_no_frame_of_a_library()
    {
        var stopper = new Probe { OnText = text => { if (text == "go") talk.Session.Interrupt(); } };
        talk.Ask("Console.Write(\"go\");\n[0].Select(_ => { Cancellation.WaitHandle.WaitOne(); Cancellation.ThrowIfCancellationRequested(); return 1; }).ToList();".Replace("[0]", "new[] { 0 }"), stopper);
        var trace = stopper.LastError!.Trace;
        Assert.Equal(("OperationCanceledException: The cell was interrupted.", "   at In [1]:line 2"), (trace[0], trace[1]));
        Assert.StartsWith("    new[] { 0 }.Select(", trace[2], StringComparison.Ordinal);
        Assert.Equal("^", trace[3].Trim());
        Assert.Equal(4, trace.Count);
    }

    [Fact]
    public void Between_cells_there_is_nothing_to_stop()
    {
        talk.Say("1");
        Assert.False(talk.Session.Interrupt());
        Assert.Equal("[result 2]", talk.Say("2"));
    }

    [Fact]
    public void A_cell_in_native_code_is_left_behind_when_asked()
    {
        var stopper = new Probe { OnText = _ => talk.Session.Interrupt(giveUpAfter: TimeSpan.FromMilliseconds(1)) };
        var result = talk.Session.Run(
            "[System.Runtime.InteropServices.DllImport(\"libc\")] static extern uint sleep(uint seconds); Console.Write(\"go\"); for (var i = 0; i < 30; i++) sleep(1);", "In [1]", stopper, cancellation: TestContext.Current.CancellationToken);
        Assert.True(result.Interrupted);
    }
}
