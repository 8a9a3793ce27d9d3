namespace FaLW.Kernel.Tests.Sessions;

public sealed class StateTests
{
    private readonly Conversation talk = new();

    [Fact]
    public void Later_cells_see_earlier_ones()
    {
        talk.Say("using System.Xml.Linq;");
        talk.Say("var x = 20; int Twice(int v) => 2 * v; record Point(int X);");
        Assert.Equal("[result 42]", talk.Say("Twice(x) + new Point(2).X"));
        Assert.Equal("[result <a />]", talk.Say("new XElement(\"a\")"));
    }

    [Fact]
    public void A_name_can_be_bound_again_with_another_type()
    {
        talk.Say("var x = 1;");
        talk.Say("var x = \"two\";");
        Assert.Equal("[result two]", talk.Say("x"));
    }

    [Fact]
    public void Only_a_last_expression_without_semicolon_is_shown()
    {
        Assert.Equal("", talk.Say("1 + 1;"));
        Assert.Equal("[result 2]", talk.Say("1 + 1"));
        Assert.Equal("hi\n", talk.Say("Console.WriteLine(\"hi\")"));
        Assert.Equal("[result null]", talk.Say("(string)null"));
    }

    [Fact]
    public void A_cell_can_await()
    {
        talk.Say("var x = await Task.FromResult(3); await Task.Delay(1);");
        Assert.Equal("[result 4]", talk.Say("await Task.Run(() => x + 1)"));
        Assert.Equal("[result 3]", talk.Say("Task.Run(async () => { await Task.Delay(1); return x; }).Result"));
    }

    [Fact]
    public void Streams_and_displays_come_in_order() =>
        Assert.Equal(
            "a\n<b\n>[display 1][display <i>]c\n[update 2]",
            talk.Say("Console.WriteLine(\"a\"); Console.Error.WriteLine(\"b\"); var d = display(1); display(HTML(\"<i>\")); Console.WriteLine('c'); d.Update(2);"));

    [Fact]
    public void The_ambient_hook_shows_a_bundle_and_is_gone_between_cells()
    {
        const string show = """((Action<IReadOnlyDictionary<string, object>>)AppContext.GetData("notebook.display"))(new Dictionary<string, object> { ["text/plain"] = "seen" });""";
        Assert.Equal("[display seen]", talk.Say(show));
        Assert.Null(AppContext.GetData("notebook.display"));
        Assert.Equal("[result False]", talk.Say("((CancellationToken)AppContext.GetData(\"notebook.cancellation\")).IsCancellationRequested"));
    }

    [Fact]
    public void The_live_hook_changes_what_it_showed_and_is_there_only_where_a_person_watches()
    {
        const string change = """
            Dictionary<string, object> Text(string text) => new() { ["text/plain"] = text };
            var live = (Func<IReadOnlyDictionary<string, object>, Action<IReadOnlyDictionary<string, object>>>)AppContext.GetData("notebook.live");
            live(Text("half"))(Text("done"));
            """;
        Assert.Equal("[display half][update done]", talk.Ask(change, new Probe { IsLive = true }).Text);
        Assert.Equal("[result True]", talk.Say("AppContext.GetData(\"notebook.live\") is null"));
    }

    [Fact]
    public void Late_output_belongs_to_the_cell_that_started_it()
    {
        var early = new Probe();
        talk.Ask("var go = new TaskCompletionSource(); var late = Task.Run(async () => { await go.Task; Console.Write(\"late\"); });", early);
        Assert.Equal("now", talk.Say("go.SetResult(); late.Wait(); Console.Write(\"now\");"));
        Assert.Equal("late", early.Text);
    }

    [Fact]
    public void Current_CSharp_is_understood()
    {
        talk.Say("class Counter { public int N { get; set => field = value < 0 ? 0 : value; } public required string Name { get; init; } }");
        Assert.Equal("[result (0, a)]".Replace("a", "\"a\""), talk.Say("Counter c = new() { Name = \"a\", N = -1 }; Counter none = null; none?.N = 5; (c.N, c.Name)"));
        Assert.Equal("[result 3]", talk.Say("dynamic d = 1; d + 2"));
        Assert.Equal("[result 6]", talk.Say("unsafe int Sum(int* p, int n) { var s = 0; for (var i = 0; i < n; i++) s += p[i]; return s; } int Go() { unsafe { int[] a = [1, 2, 3]; fixed (int* p = a) return Sum(p, 3); } } Go()"));
    }

    [Fact]
    public void Who_tells_the_variables_as_they_are_now()
    {
        Assert.Equal("[display No cell has declared a variable yet.]", talk.Say("#!who"));
        talk.Say("var b = 1; var a = new[] { 1, 2 }; int Twice(int n) => 2 * n;");
        talk.Say("var b = \"two\";");
        Assert.Equal("[display a, b]3\n", talk.Say("#!who\nConsole.WriteLine(3);"));
        Assert.Equal("[display Variable  Type    Value\na         int[]   [1, 2]\nb         string  two]", talk.Say("#!whos"));
    }

    [Fact]
    public void Deep_recursion_has_room() =>
        Assert.Equal("[result 200000]", talk.Say("int Depth(int n) => n == 0 ? 0 : 1 + Depth(n - 1); Depth(200_000)"));

    [Fact]
    public void Cells_agree_about_types_while_another_session_compiles()
    {
        var others = Enumerable.Range(0, 4).Select(_ => new Thread(new Session().WarmUp)).ToList();
        others.ForEach(other => other.Start());
        for (var i = 0; i < 5; i++) Assert.Equal("[display 1]", talk.Say("display(1);"));
        others.ForEach(other => other.Join());
    }

    [Fact]
    public void A_line_can_be_asked_for()
    {
        Assert.Equal("[result Ada]", talk.Ask("Console.ReadLine()", new Probe { Answer = "Ada" }).Text);
        Assert.Equal("[result Ada]", talk.Ask("input(\"Who?\")", new Probe { Answer = "Ada" }).Text);
        Assert.Contains("Nobody can be asked", talk.Fail("input(\"Who?\")").Message, StringComparison.Ordinal);
    }
}
