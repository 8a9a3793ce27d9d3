namespace FaLW.Tests.Data;

public class ValueTests
{
    [Fact]
    public void Lists_with_equal_items_are_equal_and_do_not_see_later_changes_of_their_source()
    {
        int[] source = [1, 2, 3];
        ValueList<int> list = [.. source];
        source[0] = 9;
        Assert.Equal([1, 2, 3], list);
        Assert.True(list.Equals(Enumerable.Range(1, 3).ToValueList()));
        Assert.Equal(list.GetHashCode(), Enumerable.Range(1, 3).ToValueList().GetHashCode());
        Assert.False(list.Equals([1, 2]));
        Assert.Equal(new ClassGroups([1], [2], [3]), new ClassGroups([1], [2], [3]));
    }

    [Fact]
    public void Text_of_a_list_does_not_depend_on_the_culture()
    {
        using var commas = new OtherCulture();
        Assert.Equal("[0.5, 1.25]", new[] { 0.5, 1.25 }.ToValueList().ToString());
    }

    [Fact]
    public void A_spec_survives_json_with_names_and_a_changed_benchmark_cannot_travel_under_the_old_one()
    {
        var spec = new DataSpec(Benchmark.Cifar100, new ForgetRule(0.2, 1, ClassOrder.Identity, 0.8)) { FirstClasses = 20 };
        var json = JsonSerializer.Serialize(spec, CanonicalJson.Options);
        Assert.Contains("\"Benchmark\":\"CIFAR-100\"", json, StringComparison.Ordinal);
        Assert.Contains("\"Order\":\"Identity\"", json, StringComparison.Ordinal);
        Assert.Equal(spec, JsonSerializer.Deserialize<DataSpec>(json, CanonicalJson.Options));
        Assert.Equal("[1,2]", JsonSerializer.Serialize<ValueList<int>>([1, 2]));
        Assert.Throws<Fault>(() => JsonSerializer.Serialize(Benchmark.Digits with { Classes = 3 }));
    }

    [Theory]
    [InlineData("cifar100", "CIFAR-100")]
    [InlineData("CIFAR-100", "CIFAR-100")]
    [InlineData("fashion_mnist", "Fashion-MNIST")]
    [InlineData("tinyimagenet", "Tiny-ImageNet")]
    public void Benchmarks_are_found_by_any_spelling(string typed, string name) => Assert.Equal(name, Benchmark.Named(typed).Name);

    [Theory]
    [InlineData("cifar-1000", "did you mean CIFAR-100?")]
    [InlineData("digit", "did you mean Digits?")]
    [InlineData("", "Known are")]
    public void An_unknown_benchmark_is_a_sentence_with_the_nearest_name(string typed, string part) =>
        Assert.Contains(part, Assert.Throws<Fault>(() => Benchmark.Named(typed)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("", "abc", 3)]
    [InlineData("same", "same", 0)]
    public void Edit_distance_has_its_textbook_values(string from, string to, int expected) => Assert.Equal(expected, Nearest.Distance(from, to));

    [Fact]
    public void Groups_have_equal_class_counts_with_the_remainder_in_the_middle()
    {
        var groups = ClassGroups.Of([5, 9, 9, 1, 7, 3, 2, 4]);
        Assert.Equal(new ClassGroups([1, 2], [4, 0, 7, 5], [6, 3]), groups);
        Assert.Equal(["Head", "Middle", "Tail"], [groups.NameOf(1), groups.NameOf(7), groups.NameOf(3)]);
    }
}
