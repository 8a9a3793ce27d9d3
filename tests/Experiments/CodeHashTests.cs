namespace FaLW.Tests.Experiments;

/// <summary>Another body is another key; the same body is the same key; what no hash can tell is never kept.</summary>
public sealed class CodeHashTests
{
    private const string Plain = "record Mine(double Beta = 1) : LossWeighting { public override Tensor Weights(ForgetState s) => s.Loss.pow(Beta); }";

    private const string Helped = "record Mine : LossWeighting { public override Tensor Weights(ForgetState s) => H.Of(s.Loss); }";

    /// <summary>Pairs of sessions that do not do the same.</summary>
    public static TheoryData<string, string[], string[]> Different => new()
    {
        { "one line", [Plain], [Plain.Replace("s.Loss.pow", "s.Probability.pow", StringComparison.Ordinal)] },
        { "one number", ["record Mine : LossWeighting { public override Tensor Weights(ForgetState s) => s.Loss * 2; }"], ["record Mine : LossWeighting { public override Tensor Weights(ForgetState s) => s.Loss * 3; }"] },
        { "one word", [Named("a")], [Named("b")] },
        { "a helper of another cell", ["static class H { public static Tensor Of(Tensor x) => x; }", Helped], ["static class H { public static Tensor Of(Tensor x) => x * 2; }", Helped] },
        { "a helper of a helper", [Chain("x"), Helped], [Chain("x * 2"), Helped] },
        { "a static function of a cell", [Function(1)], [Function(2)] },
        { "a constant of another cell", ["const double K = 1;", Constant], ["const double K = 2;", Constant] },
        { "a static readonly number", [Steady("1")], [Steady("2")] },
        { "the numbers of an array", [Array("1, 2, 3, 4, 5")], [Array("1, 2, 3, 4, 6")] },
        { "a lambda", [Lambda("v + 1")], [Lambda("v + 2")] },
        { "a lambda that captures", [Lambda("v + s.Loss.shape[0]")], [Lambda("v - s.Loss.shape[0]")] },
        { "an iterator", [Iterator(1)], [Iterator(2)] },
        { "a local function", [Local("+")], [Local("-")] },
        { "a type argument", [Generic("One")], [Generic("Two")] },
        { "what an interface stands for", [Interface("1")], [Interface("2")] },
        { "a base class", [Base("1")], [Base("2")] },
        { "a property of the type", [Property("true")], [Property("false")] },
        { "what is caught", [Caught("DivideByZeroException")], [Caught("OverflowException")] },
        { "the type a generic one is made with", [Made("One")], [Made("Two")] },
        { "a case of a switch", [Switched("7")], [Switched("8")] },
    };

    [Theory]
    [MemberData(nameof(Different))]
    public void What_does_not_do_the_same_has_another_name(string what, string[] one, string[] other)
    {
        var (first, second) = (Cells.NameOfMine(one), Cells.NameOfMine(other));
        Assert.True(first != second, what);
        Assert.All([first, second], name => Assert.Matches("^Mine#[0-9a-f]{16}$", name));
        Assert.Equal(first, Cells.NameOfMine(one));
    }

    [Fact]
    public void The_same_cell_has_the_same_name_wherever_it_stands() => Assert.Equal(
        Cells.NameOfMine(Plain),
        Cells.NameOfMine("var other = 7; string More(int x) => \"more\" + x;", "record Yours(int A);", "Enumerable.Range(0, 3).Select(x => x + other).Sum()", Plain, "var after = 1;"));

    [Fact]
    public void What_else_stands_in_the_cell_does_not_matter() => Assert.Equal(
        Cells.NameOfMine(Plain), Cells.NameOfMine(Plain + " var gone = Enumerable.Range(0, 9).Select(x => x * 3).ToArray(); int F(int x) => x; class Unused { }"));

    public static TheoryData<string, string[]> Changing => new()
    {
        { "the static K", ["static double K = 1;", Constant] },
        { "the static Calls", ["record Mine : LossWeighting { static int Calls; public override Tensor Weights(ForgetState s) => s.Loss * Calls++; }"] },
        { "the static Table", ["record Mine : LossWeighting { static readonly double[] Table = { 1, 2 }; public override Tensor Weights(ForgetState s) => s.Loss * Table[0]; }"] },
        { "File.ReadAllText", ["record Mine : LossWeighting { public override Tensor Weights(ForgetState s) => s.Loss * double.Parse(System.IO.File.ReadAllText(\"k.txt\")); }"] },
        { "DateTime.get_Now", ["record Mine : LossWeighting { public override Tensor Weights(ForgetState s) => s.Loss * DateTime.Now.Second; }"] },
        { "Random.get_Shared", ["record Mine : LossWeighting { public override Tensor Weights(ForgetState s) => s.Loss * Random.Shared.NextDouble(); }"] },
        { "torch.load", ["record Mine : LossWeighting { public override Tensor Weights(ForgetState s) => s.Loss * load(\"k.dat\"); }"] },
        { "Environment.get_ProcessorCount", ["record Mine : LossWeighting { public override Tensor Weights(ForgetState s) => s.Loss * Environment.ProcessorCount; }"] },
        { "Binder", ["record Mine : LossWeighting { public override Tensor Weights(ForgetState s) { dynamic t = s.Loss; return t * 2; } }"] },
    };

    [Theory]
    [MemberData(nameof(Changing))]
    public void What_reads_something_that_can_change_is_never_kept_and_says_what(string what, string[] cells)
    {
        Assert.Contains(what, Cells.UnkeptMine(cells), StringComparison.Ordinal);
        Assert.NotEqual(Cells.NameOfMine(cells), Cells.NameOfMine(cells));
    }

    [Fact]
    public void A_seeded_generator_is_code_like_any_other() =>
        Assert.Null(Cells.UnkeptMine("record Mine : LossWeighting { public override Tensor Weights(ForgetState s) => s.Loss * new Random(3).NextDouble(); }"));

    [Fact]
    public void A_type_of_an_assembly_on_disk_has_a_name_like_one_of_a_cell() =>
        Assert.Matches("^ForcedToOne#[0-9a-f]{16}$", OpenTypes.NameOf(typeof(ForcedToOne)));

    private const string Constant = "record Mine : LossWeighting { public override Tensor Weights(ForgetState s) => s.Loss * K; }";

    private static string Named(string word) => $"record Mine : LossWeighting {{ public override string Title => \"{word}\"; public override Tensor Weights(ForgetState s) => s.Loss; }}";

    private static string Chain(string body) => $"static class G {{ public static Tensor Of(Tensor x) => {body}; }} static class H {{ public static Tensor Of(Tensor x) => G.Of(x); }}";

    private static string Function(int factor) => $"static Tensor F(Tensor x) => x * {factor}; record Mine : LossWeighting {{ public override Tensor Weights(ForgetState s) => F(s.Loss); }}";

    private static string Steady(string value) => $"record Mine : LossWeighting {{ static readonly double K = double.Parse(\"{value}\"); public override Tensor Weights(ForgetState s) => s.Loss * K; }}";

    private static string Array(string numbers) => $"record Mine : LossWeighting {{ public override Tensor Weights(ForgetState s) => s.Loss * new[] {{ {numbers} }}.Sum(); }}";

    private static string Lambda(string body) => $"record Mine : LossWeighting {{ public override Tensor Weights(ForgetState s) => s.Loss * Enumerable.Range(0, 4).Select(v => {body}).Sum(); }}";

    private static string Iterator(int first) => $"record Mine : LossWeighting {{ static IEnumerable<double> All() {{ yield return {first}; }} public override Tensor Weights(ForgetState s) => s.Loss * All().Sum(); }}";

    private static string Local(string sign) => $"record Mine : LossWeighting {{ public override Tensor Weights(ForgetState s) {{ double f(double x) => 3 {sign} x; return s.Loss * f(1); }} }}";

    private static string Generic(string type) =>
        $"interface IK {{ double K {{ get; }} }} struct One : IK {{ public double K => 1; }} struct Two : IK {{ public double K => 2; }} static class Of<T> where T : struct, IK {{ public static double K() => default(T).K; }} record Mine : LossWeighting {{ public override Tensor Weights(ForgetState s) => s.Loss * Of<{type}>.K(); }}";

    private static string Made(string type) =>
        $"interface IK {{ double K {{ get; }} }} struct One : IK {{ public double K => 1; }} struct Two : IK {{ public double K => 2; }} record Any<T> : LossWeighting where T : struct, IK {{ public override Tensor Weights(ForgetState s) => s.Loss * default(T).K; }} record Mine : Any<{type}>;";

    private static string Interface(string value) =>
        $"interface IK {{ double K {{ get; }} }} class One : IK {{ public double K => {value}; }} record Mine : LossWeighting {{ static IK Made() => new One(); public override Tensor Weights(ForgetState s) => s.Loss * Made().K; }}";

    private static string Base(string value) =>
        $"abstract record Half : LossWeighting {{ protected virtual double K => {value}; public override Tensor Weights(ForgetState s) => s.Loss * K; }} record Mine : Half;";

    private static string Property(string value) => $"record Mine : LossWeighting {{ public override bool NeedsOriginal => {value}; public override Tensor Weights(ForgetState s) => s.Loss; }}";

    private static string Caught(string fault) => $"record Mine : LossWeighting {{ public override Tensor Weights(ForgetState s) {{ try {{ return s.Loss; }} catch ({fault}) {{ return s.Rarity; }} }} }}";

    private static string Switched(string value) =>
        $"record Mine(int N = 1) : LossWeighting {{ public override Tensor Weights(ForgetState s) => s.Loss * (N switch {{ 1 => 3, 2 => 5, 3 => {value}, 4 => 1, 5 => 2, _ => 0 }}); }}";
}
