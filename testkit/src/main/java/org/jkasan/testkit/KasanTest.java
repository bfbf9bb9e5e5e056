package org.jkasan.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Has each test of a class, or one test method, fail if KASAN makes a report while it runs, with
 * the report as the failure's message. It stands beside {@code @Test}, {@code @ParameterizedTest}
 * and their kind. The agent has to be attached; {@link #agent} says what happens where it is not.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@ExtendWith(KasanExtension.class)
public @interface KasanTest {

    /** What becomes of a test in a JVM without the agent. */
    WithoutAgent agent() default WithoutAgent.BY_PARAMETER;
}
