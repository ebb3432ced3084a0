namespace AmoLtv.Night;

[TestFixture]
public sealed class NightArgumentsTests
{
    [Test]
    public void Arguments_are_read_by_their_names() =>
        Assert.That(
            NightArguments.Parse(["--accounts", "1000", "--leads", "500", "--processes", "4", "--kills", "30", "--seed", "9", "--outage", "120", "--previous", "old"]),
            Is.EqualTo(new NightArguments(1000, 500, 4, 30, 9, 120, "old")));

    [TestCase("--accounts", "0")]
    [TestCase("--accounts", "many")]
    [TestCase("--processes", "17")]
    [TestCase("--kills", "-1")]
    [TestCase("--nights", "2")]
    [TestCase("--previous")]
    [TestCase("--seed")]
    public void Arguments_that_make_no_night_are_refused(params string[] arguments) => Assert.That(NightArguments.Parse(arguments), Is.Null);
}
