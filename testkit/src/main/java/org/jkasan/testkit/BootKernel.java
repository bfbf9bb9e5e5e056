package org.jkasan.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A parameter of type {@link org.jkasan.kernel.Kernel} of a test, {@code @BeforeEach} or
 * {@code @AfterEach} method: a kernel that is booted for this test alone. Parameters of one test
 * with the same settings are the same kernel.
 *
 * <p>After a test that has passed the kernel must be sound and must have got back whatever it
 * handed out: areas, objects, pages, tasks. Otherwise the test fails, with a list. Then the kernel
 * is closed.
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@ExtendWith(BootKernelExtension.class)
public @interface BootKernel {

    /** RAM: bytes, or a number and K, M or G. */
    String mem() default "64M";

    /** Vmalloc space, in the same terms: a multiple of 32K. */
    String vmalloc() default "1G";

    int cpus() default 2;

    /** Whether vmalloc space has real shadow in a kernel with KASAN. */
    boolean kasanVmalloc() default true;

    /** Whether what the test leaves behind fails it. */
    boolean leaks() default true;
}
