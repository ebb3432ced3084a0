using AmoLtv.Host.Tests.Browser;

namespace AmoLtv.Host.Tests.Conventions;

public sealed class WatchedPagesTests
{
    [Test]
    public void Every_fixture_that_opens_a_browser_is_watched_for_errors_and_strange_requests()
    {
        var unwatched = typeof(WatchedAttribute).Assembly.GetTypes()
            .Where(type => type.GetCustomAttributes(typeof(CategoryAttribute), inherit: false).Cast<CategoryAttribute>().Any(category => category.Name == "Browser"))
            .Where(type => !type.IsDefined(typeof(WatchedAttribute), inherit: false))
            .Select(type => type.Name);

        Assert.That(unwatched, Is.Empty);
    }
}
