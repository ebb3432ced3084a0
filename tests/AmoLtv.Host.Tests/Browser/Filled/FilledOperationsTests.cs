using System.Globalization;
using Microsoft.Playwright;

namespace AmoLtv.Host.Tests.Browser.Filled;

/// <summary>What the administrator finds in the operations of an account in use: conflicts, tasks with their outcome, a run that failed.</summary>
[Category("Browser")]
[Watched]
public sealed class FilledOperationsTests
{
    private static Demo Demo => FilledStage.Demo;

    [Test]
    public async Task Conflicts_tell_both_values_and_which_fields_are_left_alone()
    {
        await ReadConflictsAsync("ru", "light", "Не пишем с", "Изменено 1 раз");
        await ReadConflictsAsync("en", "dark", "Not written since", "Changed 1 time");
    }

    private static async Task ReadConflictsAsync(string language, string theme, string stopped, string seen)
    {
        await using var page = await ProductPage.AloneAsync(Demo, "/operations/conflicts", language, theme);
        await page.PictureAsync($"filled-conflicts-{language}");

        var rows = page.Main.Locator("tbody tr");
        Assert.That(await rows.CountAsync(), Is.EqualTo(await Demo.ScalarAsync<long>("select count(*) from field_conflicts")).And.EqualTo(3));
        Assert.That((await rows.AllInnerTextsAsync()).Select(ProductPage.Plain), Has.All.Contains(FilledAccount.Foreign.ToString(CultureInfo.InvariantCulture)));
        Assert.That(await page.TextAsync(), Does.Contain(stopped).And.Contain(seen));
        Assert.That(await page.ViolationsAsync(), Is.Empty);
    }

    [Test]
    [DependsOnTest(nameof(Conflicts_tell_both_values_and_which_fields_are_left_alone))]
    public async Task Conflict_is_decided_by_writing_again_or_by_leaving_the_field()
    {
        await using var page = await ProductPage.AloneAsync(Demo, "/operations/conflicts");
        await page.Main.Locator("tbody tr", new() { HasText = "Не пишем с" }).GetByRole(AriaRole.Button, new() { Name = "Писать снова" }).ClickAsync();
        await page.Main.Locator("tbody tr", new() { HasText = "Не пишем с" }).WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.Main.GetByRole(AriaRole.Button, new() { Name = "Оставить" }).First.ClickAsync();
        await page.Main.Locator("tbody tr", new() { HasText = "Не пишем с" }).WaitForAsync();
        await page.PictureAsync("filled-conflicts-decided");

        Assert.That(await Demo.ScalarAsync<long>("select count(*) from field_conflicts"), Is.EqualTo(2));
        Assert.That(await Demo.ScalarAsync<long>("select count(*) from field_conflicts where stopped_at is not null"), Is.EqualTo(1));
    }

    [TestCase("ru", "light", "Выполнена", "Удалена в CRM")]
    [TestCase("en", "dark", "Completed", "Deleted in the CRM")]
    public async Task Tasks_tell_what_came_of_them(string language, string theme, string done, string deleted)
    {
        await using var page = await ProductPage.AloneAsync(Demo, "/operations/tasks", language, theme);
        await page.PictureAsync($"filled-tasks-{language}");

        var list = page.Main.Locator(".table").Last;
        var text = ProductPage.Plain(await list.InnerTextAsync());
        Assert.That(text, Does.Contain(done).And.Contain(FilledAccount.TaskResult).And.Contain(deleted));
        var bought = await Demo.ScalarAsync<long>("select count(*) from customer_tasks t join customer_values v using (account_id, scope, customer_id) where v.last_purchase > t.found_at::date");
        Assert.That(bought, Is.Positive, "a client bought after the task");
        Assert.That(await list.Locator("tbody tr td:last-child:not(:empty)").CountAsync(), Is.EqualTo(bought));
        Assert.That(await page.ViolationsAsync(), Is.Empty);
    }

    [TestCase("ru", "light", "не оплачен", "Проверьте оплату в CRM")]
    [TestCase("en", "dark", "unpaid", "payment")]
    public async Task Run_that_failed_says_why_and_what_to_do_next(string language, string theme, string cause, string step)
    {
        await using var page = await ProductPage.AloneAsync(Demo, "/operations/runs?show=failed", language, theme);
        await page.PictureAsync($"filled-runs-failed-{language}");
        Assert.That(await page.Main.Locator("tbody tr").First.InnerTextAsync(), Does.Contain(cause));

        await page.Main.Locator("tbody tr").First.Locator("button").ClickAsync();
        await page.Inside.Locator("dialog .operations-steps li").First.WaitForAsync();
        await page.PictureAsync($"filled-run-failed-{language}");
        Assert.That(ProductPage.Plain(await page.Inside.Locator("dialog").InnerTextAsync()), Does.Contain(cause).And.Contain(step));
        Assert.That(await page.ViolationsAsync(), Is.Empty);
    }
}
