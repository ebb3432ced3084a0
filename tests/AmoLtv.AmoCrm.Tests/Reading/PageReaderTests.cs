using AmoLtv.AmoCrm.Entities;
using AmoLtv.AmoCrm.Reading;
using AmoLtv.AmoCrm.Transport;

namespace AmoLtv.AmoCrm.Tests.Reading;

[TestFixture]
public sealed class PageReaderTests
{
    [Test]
    public async Task Pages_come_in_order_though_they_are_answered_out_of_order()
    {
        var third = new TaskCompletionSource();
        async Task<Page<int>> FetchAsync(int number, CancellationToken cancellationToken)
        {
            if (number == 2)
            {
                await third.Task.WaitAsync(cancellationToken);
            }

            if (number == 3)
            {
                third.SetResult();
            }

            return Page(number, hasNext: number < 4, number);
        }

        Assert.That(await ReadAsync(FetchAsync), Is.EqualTo(new[] { "1: 1", "2: 2", "3: 3", "4: 4" }));
    }

    [Test]
    public async Task Nothing_is_asked_for_beyond_an_only_page()
    {
        var asked = new List<int>();
        Task<Page<int>> FetchAsync(int number, CancellationToken cancellationToken)
        {
            asked.Add(number);
            return Task.FromResult(Page(number, hasNext: false, 7));
        }

        Assert.That(await ReadAsync(FetchAsync), Is.EqualTo(new[] { "1: 7" }));
        Assert.That(asked, Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public async Task Empty_page_after_one_that_promised_more_is_given_as_the_last() =>
        Assert.That(
            await ReadAsync((number, _) => Task.FromResult(number == 1 ? Page(1, hasNext: true, 1, 2) : Page(number, hasNext: false))),
            Is.EqualTo(new[] { "1: 1 2", "2: " }));

    [Test]
    public async Task Page_that_is_the_one_before_once_more_is_asked_for_again()
    {
        var second = 0;
        Task<Page<int>> FetchAsync(int number, CancellationToken cancellationToken) => Task.FromResult(
            number == 1 || (number == 2 && second++ == 0) ? Page(number, hasNext: true, 1) : Page(number, hasNext: false, number));

        Assert.That(await ReadAsync(FetchAsync), Is.EqualTo(new[] { "1: 1", "2: 2" }));
    }

    [Test]
    public void Page_that_stays_the_one_before_is_refused_in_words() => Assert.That(
        async () => await ReadAsync((number, _) => Task.FromResult(Page(number, hasNext: true, 1))),
        Throws.TypeOf<CrmException>().With.Message.Contains("gives page 1 again"));

    [Test]
    public void Failure_of_a_page_ends_the_reading_where_it_stands()
    {
        var taken = new List<string>();

        Assert.That(
            async () =>
            {
                await foreach (var page in PageReader.ReadAsync(
                    (number, _) => number == 3 ? Task.FromException<Page<int>>(new HttpRequestException("cut")) : Task.FromResult(Page(number, hasNext: true, number)),
                    startPage: 1,
                    CancellationToken.None))
                {
                    taken.Add(Words(page));
                }
            },
            Throws.TypeOf<HttpRequestException>());
        Assert.That(taken, Is.EqualTo(new[] { "1: 1", "2: 2" }));
    }

    private static async Task<IReadOnlyList<string>> ReadAsync(Func<int, CancellationToken, Task<Page<int>>> fetch)
    {
        var pages = new List<string>();
        await foreach (var page in PageReader.ReadAsync(fetch, startPage: 1, CancellationToken.None))
        {
            pages.Add(Words(page));
        }

        return pages;
    }

    private static Page<int> Page(int number, bool hasNext, params int[] rows) => new(number, rows, [], hasNext);

    private static string Words(Page<int> page) => $"{page.Number}: {string.Join(' ', page.Rows)}";
}
