using MultiCluster.Api.Watches;
using MultiCluster.Faults;
using static MultiCluster.Tests.Api.Watches.MachineRun;

namespace MultiCluster.Tests.Api.Watches;

public sealed class WatchMachineTests
{
    private static readonly Fault Lost = Fault(FaultPhase.Connect);
    private static readonly Fault Expired = Fault(FaultPhase.Invalid, 410, "Expired");
    private static readonly Fault Forbidden = Fault(FaultPhase.Forbidden, 403);
    private static readonly Fault Missing = Fault(FaultPhase.KindNotFound, 404);
    private static readonly Fault Refused = Fault(FaultPhase.Unauthorized, 401);

    [Fact]
    public void It_lists_then_watches_from_the_lists_version()
    {
        var run = new MachineRun();
        Assert.Equal((WatchState.Listing, "List"), (run.State, run.Step));
        run.List("a@3", "b@7");
        Assert.Equal(["Initial Added a@3", "Initial Added b@7"], run.Said());
        run.Machine.ListEnded("10");
        Assert.Equal((WatchState.Watching, "Stream 10"), (run.State, run.Step));
        run.Machine.Opened();
        Assert.Equal(["Connected 2"], run.Said());
    }

    [Fact]
    public void Events_are_judged_by_what_was_known_and_not_by_the_servers_word()
    {
        var run = Begun("a@3");
        run.Receive(WatchLineType.Added, "a@11").Receive(WatchLineType.Modified, "b@12").Receive(WatchLineType.Deleted, "a@13").Receive(WatchLineType.Deleted, "c@14");
        Assert.Equal(["Modified a@11 was a@3", "Added b@12", "Deleted a@13 was a@11"], run.Said());
        run.Machine.StreamEnded();
        Assert.Equal("Stream 14", run.Step);
    }

    [Fact]
    public void What_was_seen_already_is_dropped()
    {
        var run = Begun("a@3");
        run.Receive(WatchLineType.Added, "a@3").Receive(WatchLineType.Modified, "a@11").Receive(WatchLineType.Modified, "a@11");
        Assert.Equal(["Modified a@11 was a@3"], run.Said());
    }

    [Fact]
    public void What_is_older_than_what_was_seen_is_dropped()
    {
        var run = Begun("a@3", "b@4");
        run.Receive(WatchLineType.Modified, "a@12").Receive(WatchLineType.Modified, "a@9").Receive(WatchLineType.Deleted, "a@11");
        run.Receive(WatchLineType.Deleted, "b@13").Receive(WatchLineType.Modified, "b@12").Receive(WatchLineType.Added, "b@4");
        Assert.Equal(["Modified a@12 was a@3", "Deleted b@13 was b@4"], run.Said());
    }

    [Fact]
    public void Versions_that_are_no_numbers_are_compared_for_equality_only()
    {
        var run = Begun("a@x9");
        run.Receive(WatchLineType.Modified, "a@x8").Receive(WatchLineType.Modified, "a@x8").Receive(WatchLineType.Modified, "a@012");
        Assert.Equal(["Modified a@x8 was a@x9", "Modified a@012 was a@x8"], run.Said());
    }

    [Fact]
    public void An_object_that_comes_to_fit_the_selectors_again_is_added_again()
    {
        var run = Begun("a@3");
        run.Receive(WatchLineType.Deleted, "a@11").Receive(WatchLineType.Added, "a@12");
        Assert.Equal(["Deleted a@11 was a@3", "Added a@12"], run.Said());
    }

    [Fact]
    public void An_object_recreated_under_its_name_is_deleted_and_added_even_when_its_deletion_comes_late_or_never()
    {
        var run = Begun("a:1@3");
        run.Receive(WatchLineType.Added, "a:2@12").Receive(WatchLineType.Deleted, "a:1@11").Receive(WatchLineType.Modified, "a:1@10");
        Assert.Equal(["Deleted a:1@3 was a:1@3", "Added a:2@12"], run.Said());
    }

    [Fact]
    public void Bookmarks_move_the_version_to_resume_from()
    {
        var run = Begun();
        run.Machine.Bookmarked("90", endsInitialEvents: false);
        run.Machine.Failed(Lost);
        Assert.Equal("Stream 90", run.Wait().Step);
        Assert.Equal(["Interrupted Connect"], run.Said());
    }

    [Fact]
    public void A_stream_is_asked_to_last_between_five_and_ten_minutes()
    {
        var run = Begun();
        Assert.Equal(TimeSpan.FromMinutes(5), ((WatchStep.Stream)run.Machine.Step).Duration);
        run.Random = 0.999;
        run.After(300).Machine.StreamEnded();
        Assert.InRange(((WatchStep.Stream)run.Machine.Step).Duration, TimeSpan.FromMinutes(9.9), TimeSpan.FromMinutes(10));
    }

    [Fact]
    public void A_stream_that_the_server_ends_in_time_is_opened_again_at_once_and_without_a_word()
    {
        var run = Begun("a@3");
        run.After(300).Machine.StreamEnded();
        Assert.Equal((WatchState.Watching, "Stream 10"), (run.State, run.Step));
        run.Machine.Opened();
        Assert.Empty(run.Said());
    }

    [Fact]
    public void A_stream_that_the_server_ends_at_once_is_opened_again_after_a_pause()
    {
        var run = Begun();
        run.Machine.StreamEnded();
        Assert.Equal((WatchState.BackingOff, "Pause 0.4"), (run.State, run.Step));
        run.Wait().Machine.Opened();
        run.Machine.StreamEnded();
        Assert.Equal("Pause 0.8", run.Step);
        Assert.Equal(["Interrupted Connect", "Resumed 0.4", "Interrupted Connect", "Trouble Connect"], run.Said());
    }

    [Fact]
    public void Pauses_double_up_to_thirty_seconds_with_jitter()
    {
        var run = Begun();
        List<string> pauses = [];
        for (var i = 0; i < 8; i++)
        {
            run.Machine.Failed(Lost);
            pauses.Add(run.Step);
            run.Wait();
        }

        Assert.Equal(["Pause 0.4", "Pause 0.8", "Pause 1.6", "Pause 3.2", "Pause 6.4", "Pause 12.8", "Pause 15", "Pause 15"], pauses);
        run.Random = 0.5;
        run.Machine.Failed(Lost);
        Assert.Equal("Pause 22.5", run.Step);
    }

    [Fact]
    public void Two_minutes_of_health_make_the_pauses_short_again()
    {
        var run = Begun();
        run.FailAgainAndAgain(Lost, 6);
        run.Machine.Opened();
        run.After(119).Machine.Failed(Lost);
        Assert.Equal("Pause 15", run.Step);
        run.Wait().Machine.Opened();
        run.After(120).Machine.Failed(Lost);
        Assert.Equal("Pause 0.4", run.Step);
    }

    [Fact]
    public void A_stream_that_got_on_before_it_broke_does_not_lengthen_the_pause()
    {
        var run = Begun();
        for (var i = 0; i < 5; i++)
        {
            run.Receive(WatchLineType.Added, $"a{i}@{20 + i}").Machine.Failed(Lost);
            Assert.Equal("Pause 0.4", run.Step);
            run.Wait().Machine.Opened();
        }
    }

    [Fact]
    public void A_break_is_told_once_as_a_notice_and_as_trouble_when_it_lasts()
    {
        var run = Begun("a@3");
        run.FailAgainAndAgain(Lost, 3);
        run.Machine.Opened();
        Assert.Equal(["Interrupted Connect", "Trouble Connect", "Resumed 2.8"], run.Said());
        run.Receive(WatchLineType.Modified, "a@11").Machine.Failed(Lost);
        Assert.Equal(["Modified a@11 was a@3", "Interrupted Connect"], run.Said());
    }

    [Fact]
    public void A_login_that_is_lost_is_trouble_at_once_and_the_watch_goes_on_when_it_is_regained()
    {
        var run = Begun("a@3");
        run.After(400).Machine.StreamEnded();
        run.Machine.Failed(Refused);
        Assert.Equal(["Interrupted Unauthorized", "Trouble Unauthorized"], run.Said());
        run.Wait().FailAgainAndAgain(Refused, 5);
        run.Machine.Opened();
        run.Receive(WatchLineType.Modified, "a@11");
        var said = run.Said();
        Assert.Equal(["Modified a@11 was a@3"], said[1..]);
        Assert.StartsWith("Resumed", said[0], StringComparison.Ordinal);
    }

    [Fact]
    public void What_fails_before_the_first_list_is_trouble_and_tried_again()
    {
        var run = new MachineRun();
        run.FailAgainAndAgain(Lost, 3);
        Assert.Equal((WatchState.Listing, "List"), (run.State, run.Step));
        Assert.Equal(["Trouble Connect"], run.Said());
    }

    [Fact]
    public void A_first_list_that_breaks_in_the_middle_is_completed_without_repeating_anything()
    {
        var run = new MachineRun();
        run.List("a@3", "b@4").Machine.Failed(Lost);
        run.Wait().List("b@4", "c@11").Machine.ListEnded("12");
        run.Machine.Opened();
        Assert.Equal(["Initial Added a@3", "Initial Added b@4", "Trouble Connect", "Initial Added c@11", "Initial Deleted a@3 was a@3", "Connected 2"], run.Said());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_expired_version_is_answered_by_a_list_of_differences(bool asEvent)
    {
        var run = Begun("a@1", "b@2", "c:1@3", "d@4");
        run.Receive(WatchLineType.Modified, "a@11").After(30);
        if (asEvent)
            run.Machine.Errored(Expired);
        else
            run.Machine.Failed(Expired);
        Assert.Equal((WatchState.Relisting, "List"), (run.State, run.Step));
        run.List("a@11", "b@31").List("c:2@32", "e@33").Machine.ListEnded("40");
        run.Machine.Opened();
        Assert.Equal(
            ["Modified a@11 was a@1", "Gap 30", "Modified b@31 was b@2", "Deleted c:1@3 was c:1@3", "Added c:2@32", "Added e@33", "Deleted d@4 was d@4", "Relisted 5"],
            run.Said());
        Assert.Equal((WatchState.Watching, "Stream 40"), (run.State, run.Step));
    }

    [Fact]
    public void A_relist_without_differences_says_so()
    {
        var run = Begun("a@1");
        run.Receive(WatchLineType.Modified, "a@11").Machine.Errored(Expired);
        run.List("a@11").Machine.ListEnded("40");
        Assert.Equal(["Modified a@11 was a@1", "Gap 0", "Relisted 0"], run.Said());
    }

    [Fact]
    public void A_relist_that_breaks_goes_on_and_tells_the_gap_once()
    {
        var run = Begun("a@1", "b@2");
        run.Receive(WatchLineType.Modified, "a@11").Machine.Errored(Expired);
        run.List("c@12").Machine.Failed(Lost);
        Assert.Equal(WatchState.BackingOff, run.State);
        run.Wait();
        Assert.Equal((WatchState.Relisting, "List"), (run.State, run.Step));
        run.List("a@11", "c@12").Machine.ListEnded("40");
        run.Machine.Opened();
        Assert.Equal(
            ["Modified a@11 was a@1", "Gap 0", "Added c@12", "Interrupted Connect", "Deleted b@2 was b@2", "Relisted 2", "Resumed 0.4"], run.Said());
    }

    [Fact]
    public void A_list_is_the_truth_even_when_it_is_older_than_what_was_known()
    {
        var run = Begun("a@8", "b@9");
        run.Receive(WatchLineType.Deleted, "b@11").Machine.Errored(Expired);
        run.List("a@5", "b@2").Machine.ListEnded("6");
        Assert.Equal(["Deleted b@11 was b@9", "Gap 0", "Modified a@5 was a@8", "Added b@2", "Relisted 2"], run.Said());
    }

    [Fact]
    public void Versions_that_expire_at_once_again_and_again_are_not_listed_without_pause()
    {
        var run = Begun("a@1");
        run.Machine.Errored(Expired);
        Assert.Equal((WatchState.BackingOff, "Pause 0.4"), (run.State, run.Step));
        run.Wait().List("a@1").Machine.ListEnded("11");
        run.Machine.Opened();
        run.Machine.Errored(Expired);
        Assert.Equal("Pause 0.8", run.Step);
    }

    [Fact]
    public void Other_errors_are_tried_again_from_the_same_version_and_then_listed()
    {
        var run = Begun("a@1");
        var broken = Fault(FaultPhase.Server, 500, "InternalError");
        for (var i = 0; i < 2; i++)
        {
            run.Machine.Errored(broken);
            Assert.Equal("Stream 10", run.Wait().Step);
            run.Machine.Opened();
        }

        run.Machine.Errored(broken);
        Assert.Equal((WatchState.Relisting, "List"), (run.State, run.Step));
    }

    [Theory]
    [InlineData(FaultPhase.Forbidden, 403)]
    [InlineData(FaultPhase.Invalid, 400)]
    [InlineData(FaultPhase.Invalid, 405)]
    [InlineData(FaultPhase.KindNotFound, 404)]
    public void What_asking_again_does_not_change_ends_a_watch_that_has_not_begun(FaultPhase phase, int status)
    {
        var run = new MachineRun();
        run.Machine.Failed(Fault(phase, status));
        Assert.Equal((WatchState.Stopped, $"End {phase}"), (run.State, run.Step));
        Assert.Empty(run.Said());
    }

    [Fact]
    public void A_watch_that_is_forbidden_suddenly_waits_for_a_minute_before_it_ends()
    {
        var run = Begun("a@1");
        run.Machine.Failed(Forbidden);
        Assert.Equal(["Interrupted Forbidden", "Trouble Forbidden"], run.Said());
        while (run.State == WatchState.BackingOff)
            run.Wait().Machine.Failed(Forbidden);
        Assert.Equal("End Forbidden", run.Step);
        Assert.True(((WatchStep.End)run.Machine.Step).Told);
        Assert.InRange(run.Time.GetUtcNow() - new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(90));
    }

    [Fact]
    public void A_watch_that_is_forbidden_while_the_server_starts_goes_on()
    {
        var run = Begun("a@1");
        run.FailAgainAndAgain(Forbidden, 4);
        run.Machine.Opened();
        run.After(600).Machine.StreamEnded();
        run.Machine.Failed(Forbidden);
        Assert.Equal(WatchState.BackingOff, run.State);
    }

    [Fact]
    public void A_kind_that_is_gone_deletes_what_was_known_and_ends()
    {
        var run = Begun("a@1", "b@2");
        run.Receive(WatchLineType.Deleted, "a@11");
        run.FailAgainAndAgain(Missing, 2);
        Assert.Equal(WatchState.Watching, run.State);
        run.Machine.Failed(Missing);
        Assert.Equal("End KindNotFound", run.Step);
        Assert.Equal(["Deleted a@11 was a@1", "Interrupted KindNotFound", "Trouble KindNotFound", "Deleted b@2 was b@2"], run.Said());
    }

    [Fact]
    public void The_first_objects_of_a_kind_that_has_appeared_are_changes()
    {
        var run = new MachineRun(made => made with { KindAppeared = true });
        Assert.Equal(["Added a@1"], run.List("a@1").Said());
    }

    [Fact]
    public void A_list_without_a_version_cannot_be_watched()
    {
        var run = new MachineRun();
        run.Machine.ListEnded("");
        Assert.Equal("End Invalid", run.Step);
    }

    [Fact]
    public void A_server_that_says_when_to_come_back_is_believed()
    {
        var run = Begun();
        run.Machine.Failed(Fault(FaultPhase.Throttled, 429) with { RetryAfter = TimeSpan.FromSeconds(42) });
        Assert.Equal("Pause 42", run.Step);
        run.Wait().Machine.Failed(Fault(FaultPhase.Throttled, 429) with { RetryAfter = TimeSpan.FromHours(3) });
        Assert.Equal("Pause 60", run.Step);
    }

    [Fact]
    public void Where_former_states_are_not_wanted_none_are_kept()
    {
        var run = new MachineRun(made => made with { KeepsObjects = false });
        run.List("a@1", "b@2").Machine.ListEnded("10");
        run.Machine.Opened();
        run.Receive(WatchLineType.Modified, "a@11").Receive(WatchLineType.Modified, "a@11").Machine.Errored(Expired);
        run.List("a@11", "c@12").Machine.ListEnded("20");
        Assert.Equal(["Initial Added a@1", "Initial Added b@2", "Connected 2", "Modified a@11", "Gap 0", "Added c@12", "Relisted 1"], run.Said());
    }
}
