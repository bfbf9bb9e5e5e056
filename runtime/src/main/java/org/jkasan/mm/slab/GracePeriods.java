package org.jkasan.mm.slab;

/** What the kernel's RCU offers the allocator. */
public interface GracePeriods {

    /** Runs a callback after a grace period: call_rcu. The object is what it is about. */
    void call(long object, Runnable callback);

    /** Waits until all callbacks have run that were given before the call: rcu_barrier. */
    void barrier();
}
