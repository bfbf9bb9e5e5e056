package org.jkasan.samples.slabtour;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jkasan.kernel.Kernel;

/** A stop of the tour: one way to get memory wrong, and the title that the kernel has for it. */
enum Stop {
    SLAB_OUT_OF_BOUNDS("slab-out-of-bounds", SlabStops::pastTheEnd),
    SLAB_USE_AFTER_FREE("slab-use-after-free", SlabStops::afterTheFree),
    DOUBLE_FREE("double-free", SlabStops::freedTwice),
    INVALID_FREE("invalid-free", SlabStops::freedInTheMiddle),
    LARGE_OUT_OF_BOUNDS("slab-out-of-bounds", SlabStops::pastALargeObject),
    RCU_USE_AFTER_FREE("slab-use-after-free", SlabStops::afterTheGracePeriod),
    USE_AFTER_FREE("use-after-free", PageStops::pageThatWasFreed),
    OUT_OF_BOUNDS("out-of-bounds", PageStops::sizeBelowZero),
    GLOBAL_OUT_OF_BOUNDS("global-out-of-bounds", PageStops::pastAVariable),
    VMALLOC_OUT_OF_BOUNDS("vmalloc-out-of-bounds", PageStops::pastAnArea),
    VMALLOC_USE_AFTER_FREE("vmalloc-use-after-free", PageStops::areaThatWasFreed),
    STACK_OUT_OF_BOUNDS("stack-out-of-bounds", StackStops::pastAVariable),
    ALLOCA_OUT_OF_BOUNDS("alloca-out-of-bounds", StackStops::pastAnAlloca),
    STACK_USE_AFTER_SCOPE("stack-use-after-scope", StackStops::variableThatIsGone),
    NULL_PTR_DEREF("null-ptr-deref", WildStops::nullPointer),
    USER_MEMORY_ACCESS("user-memory-access", WildStops::userAddress),
    WILD_MEMORY_ACCESS("wild-memory-access", WildStops::noAddressAtAll);

    /** What a stop does to a kernel that was booted for it. */
    interface Mistake {
        void make(Kernel kernel);
    }

    private final String title;
    private final Mistake mistake;

    Stop(String title, Mistake mistake) {
        this.title = title;
        this.mistake = mistake;
    }

    /** The title of its report. */
    String title() {
        return title;
    }

    void visit(Kernel kernel) {
        mistake.make(kernel);
    }

    /** The name on the command line. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static List<Stop> all() {
        return List.of(values());
    }

    static Optional<Stop> of(String key) {
        return Arrays.stream(values()).filter(stop -> stop.key().equals(key)).findFirst();
    }
}
