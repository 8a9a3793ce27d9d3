using FaLW.Kernel.Snapshots;

namespace FaLW.Kernel.Tests.Snapshots;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData("loss 0.41237", "loss 0.41238")]
    [InlineData("loss 1234567.8", "loss 1234600.1")]
    [InlineData("accuracy 99.9 %", "accuracy 100.0 %")]
    [InlineData("  9.99  a", " 10.00 a")]
    [InlineData("1e-05", "1.00001e-05")]
    [InlineData("<td>0.51</td>", "<td>0.52</td>")]
    [InlineData("-0.0", "0.0")]
    [InlineData("y: [1, 0.333333]", "y: [1, 0.333334]")]
    [InlineData("1", "1.00003")]
    public void Agree(string left, string right) => Assert.True(NumberText.Agree(left, right, NumberText.DefaultTolerance));

    [Theory]
    [InlineData("loss 0.41237", "loss 0.41537")]
    [InlineData("epoch 3", "epoch 4")]
    [InlineData("shape [32, 3]", "shape [32, 4]")]
    [InlineData("loss 0.5", "lots 0.5")]
    [InlineData("ResNet18", "ResNet20")]
    [InlineData("version 1.2.3", "version 1.2.4")]
    [InlineData("a -1.5", "a 1.5")]
    [InlineData("NaN", "0.5")]
    [InlineData("0.5 0.6", "0.5")]
    [InlineData("x1.5", "x2.5")]
    public void Differ(string left, string right) => Assert.False(NumberText.Agree(left, right, NumberText.DefaultTolerance));

    [Fact]
    public void A_tolerance_widens_what_agrees_but_not_for_whole_numbers()
    {
        Assert.True(NumberText.Agree("0.4100", "0.4130", 1e-2));
        Assert.False(NumberText.Agree("0.4100", "0.4160", 1e-2));
        Assert.False(NumberText.Agree("100", "101", 0.5));
    }
}
