// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/** Tests the resources of {@code deploy/strimzi} against the models of Strimzi and Kubernetes. */
package io.connectot.strimzi;
