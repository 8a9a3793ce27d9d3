using FaLW.Kernel.Snapshots;

namespace FaLW.Kernel.Tests.Snapshots;

public sealed class MachinePathTests
{
    [Theory]
    [InlineData("in /home/ada/x.txt.", "/home/ada/x.txt.")]
    [InlineData("/tmp/tmp123/log", "/tmp/tmp123/log")]
    [InlineData("line one\n/srv/lab/falw/lib/a.cs:12", "/srv/lab/falw/lib/a.cs")]
    [InlineData("'/scratch/users/ada'", "/scratch/users/ada")]
    [InlineData("cache=/Users/ada/Library/Caches", "/Users/ada/Library/Caches")]
    [InlineData("<td>/data/ada/cifar-100</td>", "/data/ada/cifar-100")]
    [InlineData("at:/workspaces/falw/notebooks", "/workspaces/falw/notebooks")]
    [InlineData("[/root/.cache/falw]", "/root/.cache/falw")]
    [InlineData("C:\\Users\\ada\\falw", "C:\\Users\\ada\\falw")]
    [InlineData("(d:/src/falw)", "d:/src/falw")]
    [InlineData("\"E:\\\\data\"", "E:\\\\data")]
    [InlineData("see file:///home/ada/a.html", "file:///home/ada/a.html")]
    [InlineData("file:///C:/Users/ada", "file:///C:/Users/ada")]
    public void A_place_on_a_machine_is_found(string text, string place) => Assert.Equal(place, MachinePath.Find(text));

    [Theory]
    [InlineData("head / middle / tail")]
    [InlineData("gap 3 / 4, 1/2, /3/4, and/or, n/a")]
    [InlineData("https://example.org/home/ada and http://a.b:80/c/d")]
    [InlineData("//cdn.example.org/lib/x.js")]
    [InlineData("image/png, application/vnd.plotly.v1+json, text/html")]
    [InlineData("CIFAR-100/train/apple, data/results/x, ../bin/x.dll, ./a/b, ~/a/b")]
    [InlineData("12.5 images/s, km/h/s, m/s/s")]
    [InlineData("<b>a</b></td></tr><br/><hr />")]
    [InlineData("y:\nnext, x: 3, a:b, In [6]:line 5, 1:2")]
    [InlineData("p(a|b)/p(c)/q, (1-x)/y/z, {a}/b/c, $HOME/a/b, **/a/b")]
    [InlineData("// a comment, /// <summary>, /* x */")]
    [InlineData("a file: / and /tmp and \\alpha\\beta")]
    public void What_only_looks_like_one_is_left_alone(string text) => Assert.Null(MachinePath.Find(text));
}
