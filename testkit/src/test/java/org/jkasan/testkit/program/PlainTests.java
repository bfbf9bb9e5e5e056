package org.jkasan.testkit.program;

import org.jkasan.kernel.Kernel;
import org.jkasan.testkit.BootKernel;
import org.junit.jupiter.api.Test;

/** Nothing here names the extension. */
class PlainTests {

    @Test
    void clean() {}

    @Test
    void overflow(@BootKernel(mem = "16M") Kernel kernel) {
        Bugs.overflow(kernel);
    }
}
