using NUnit.Framework.Interfaces;

namespace AmoLtv.Host.Tests.Browser;

/// <summary>After each test: no page that it opened had a fault it did not expect.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class WatchedAttribute : Attribute, ITestAction
{
    public ActionTargets Targets => ActionTargets.Test;

    public void BeforeTest(ITest test)
    {
        // Pages report themselves when they are opened.
    }

    public void AfterTest(ITest test) =>
        Assert.That(PageWatch.FaultsOf(test.Id), Is.Empty, "no error in the console, no failed request, nothing asked of anybody else");
}
