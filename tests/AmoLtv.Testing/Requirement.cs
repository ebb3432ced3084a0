namespace AmoLtv.Testing;

/// <summary>What a test needs of the machine it runs on.</summary>
public static class Requirement
{
    /// <summary>What is missing at a desk skips a test; where the tests decide on a release (<c>CI=true</c>) it fails it, so that nobody overlooks it.</summary>
    public static void IsMissing(string why)
    {
        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail(why);
        }

        Assert.Ignore(why);
    }
}
