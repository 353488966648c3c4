using MultiCluster.Reports.Forms.Html;
using MultiCluster.Tests.Kubeconfig;

namespace MultiCluster.Tests.Reports;

/// <summary>The page of a report in a browser.</summary>
public sealed class ReportPageTests
{
    [Theory]
    [InlineData(false, "rgb(255, 255, 255)")]
    [InlineData(true, "rgb(18, 22, 29)")]
    public async Task It_renders_sorts_and_filters_in_light_and_dark(bool dark, string page)
    {
        await using var browser = await OpenAsync("pod", dark);

        Assert.Equal(page, await browser.EvaluateAsync("getComputedStyle(document.body).backgroundColor"));
        Assert.Equal("5", await browser.EvaluateAsync("document.querySelectorAll('main section').length"));
        Assert.Equal("2", await browser.EvaluateAsync("document.querySelectorAll('svg.chart').length"));
        Assert.Equal("3 rows", await browser.EvaluateAsync("document.querySelector('output').textContent"));

        await browser.EvaluateAsync("document.querySelectorAll('[data-table] thead button')[1].click()");
        Assert.Equal("ascending pod 1,pod 3,pod 2", await OrderAsync());
        await browser.EvaluateAsync("document.querySelectorAll('[data-table] thead button')[1].click()");
        Assert.Equal("descending pod 3,pod 1,pod 2", await OrderAsync()); // what is missing stays at the end

        await browser.EvaluateAsync("const filter = document.querySelector('input'); filter.value = '3 POD'; filter.dispatchEvent(new Event('input'))");
        Assert.Equal("1 of 3 rows", await browser.EvaluateAsync("document.querySelector('output').textContent"));
        Assert.Equal("pod 3", await browser.EvaluateAsync("[...document.querySelectorAll('[data-table] tbody tr')].filter(row => row.offsetHeight > 0).map(row => row.cells[0].textContent).join()"));
        AssertHarmless(browser);

        Task<string> OrderAsync() => browser.EvaluateAsync(
            "document.querySelectorAll('[data-table] thead th')[1].getAttribute('aria-sort') + ' ' + [...document.querySelectorAll('[data-table] tbody tr')].map(row => row.cells[0].textContent).join()");
    }

    [Fact]
    public async Task Nothing_of_a_name_runs_and_nothing_is_asked_for()
    {
        await using var browser = await OpenAsync(SampleReport.Hostile, dark: false);

        Assert.Equal("0", await browser.EvaluateAsync("document.querySelectorAll('img').length"));
        Assert.Equal("1", await browser.EvaluateAsync("document.scripts.length"));
        Assert.NotEqual("run", await browser.EvaluateAsync("document.title"));
        Assert.Contains("<img src=x", await browser.EvaluateAsync("document.querySelector('h1').textContent"), StringComparison.Ordinal);
        AssertHarmless(browser);
    }

    [Fact]
    public async Task A_keyboard_reaches_what_can_be_done_and_all_has_a_name()
    {
        await using var browser = await OpenAsync("pod", dark: false);

        Assert.Equal("", await browser.EvaluateAsync("[...document.querySelectorAll('button, input, a, svg[role=img], table, [role=region]')].filter(one => !(one.textContent.trim() || one.getAttribute('aria-label') || document.querySelector(`label[for='${one.id}']`))).map(one => one.outerHTML).join()"));
        Assert.Equal("true", await browser.EvaluateAsync("[...document.querySelectorAll('thead button')].every(one => { one.focus(); return document.activeElement === one; }).toString()"));
        Assert.Equal("en", await browser.EvaluateAsync("document.documentElement.lang"));
    }

    private static void AssertHarmless(Browser browser)
    {
        Assert.Empty(browser.Errors);
        Assert.All(browser.Requests, static request => Assert.StartsWith("file:", request, StringComparison.Ordinal));
        Assert.Single(browser.Requests);
    }

    private static async Task<Browser> OpenAsync(string name, bool dark)
    {
        Assert.SkipWhen(Browser.Program is null, "MULTICLUSTER_BROWSER is not set: run tests/browser/get.sh and set it to the program that it prints.");
        var folder = new TempFolder();
        return await Browser.OpenAsync(folder.Write("report.html", HtmlReport.Of(SampleReport.Of(name))), dark);
    }
}
