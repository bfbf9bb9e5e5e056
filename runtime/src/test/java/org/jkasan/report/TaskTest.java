package org.jkasan.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TaskTest {

    @Test
    void current_isTheEnteredTaskElseTheThread() {
        Task itself = Task.current();
        assertThat(itself.comm()).isEqualTo(Thread.currentThread().getName());
        Task worker = new Task("kworker/0:1", 12);
        assertThat(Task.enter(worker)).isNull();
        assertThat(Task.current()).isSameAs(worker);
        assertThat(Track.here().task()).isSameAs(worker);
        assertThat(CompletableFuture.supplyAsync(Task::current).join()).isNotEqualTo(worker);
        assertThat(Task.enter(new Task("init", 1))).isSameAs(worker);
        assertThat(Task.enter(null)).isEqualTo(new Task("init", 1));
        assertThat(Task.current()).isEqualTo(itself);
    }
}
