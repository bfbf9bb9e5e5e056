package org.jkasan.testkit.property;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/**
 * Has a report that KASAN makes during a try falsify the property, or all properties of a class, so
 * that jqwik shrinks to the least sample that still makes a report at the same line. The agent has
 * to be attached; the system property {@code kasan.testkit.agent=skip} has properties skipped where
 * it is not.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@AddLifecycleHook(KasanHook.class)
public @interface FalsifiedByKasan {}
