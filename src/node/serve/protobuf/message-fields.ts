/**
 * Field numbers of the Kubernetes API's protobuf messages, from k8s.io/api's generated.proto (1.32), one message per line:
 * `package.Message number[flags]jsonName:type …`. Flags: `*` repeated, `%` map with string keys, `^` its fields stand in the
 * parent, `?` a pointer (present zeros count), `!` written even when zero. Types: s string, b bool, i integer, d double, B bytes, q Quantity,
 * x IntOrString, t Time, u MicroTime, D Duration, r RawExtension, f FieldsV1, e list in a message; else a message of this table.
 */
export const MESSAGE_FIELDS = `
apps.v1.ControllerRevision 1metadata:meta.v1.ObjectMeta 2data:r 3!revision:i
apps.v1.DaemonSet 1metadata:meta.v1.ObjectMeta 2spec:apps.v1.DaemonSetSpec 3status:apps.v1.DaemonSetStatus
apps.v1.DaemonSetCondition 1type:s 2status:s 3lastTransitionTime:t 4reason:s 5message:s
apps.v1.DaemonSetSpec 1?selector:meta.v1.LabelSelector 2template:core.v1.PodTemplateSpec 3updateStrategy:apps.v1.DaemonSetUpdateStrategy 4minReadySeconds:i 6?revisionHistoryLimit:i
apps.v1.DaemonSetStatus 1!currentNumberScheduled:i 2!numberMisscheduled:i 3!desiredNumberScheduled:i 4!numberReady:i 5observedGeneration:i 6updatedNumberScheduled:i 7numberAvailable:i 8numberUnavailable:i 9?collisionCount:i 10*conditions:apps.v1.DaemonSetCondition
apps.v1.DaemonSetUpdateStrategy 1type:s 2?rollingUpdate:apps.v1.RollingUpdateDaemonSet
apps.v1.Deployment 1metadata:meta.v1.ObjectMeta 2spec:apps.v1.DeploymentSpec 3status:apps.v1.DeploymentStatus
apps.v1.DeploymentCondition 1!type:s 2!status:s 4reason:s 5message:s 6lastUpdateTime:t 7lastTransitionTime:t
apps.v1.DeploymentSpec 1?replicas:i 2?selector:meta.v1.LabelSelector 3template:core.v1.PodTemplateSpec 4strategy:apps.v1.DeploymentStrategy 5minReadySeconds:i 6?revisionHistoryLimit:i 7paused:b 9?progressDeadlineSeconds:i
apps.v1.DeploymentStatus 1observedGeneration:i 2replicas:i 3updatedReplicas:i 4availableReplicas:i 5unavailableReplicas:i 6*conditions:apps.v1.DeploymentCondition 7readyReplicas:i 8?collisionCount:i
apps.v1.DeploymentStrategy 1type:s 2?rollingUpdate:apps.v1.RollingUpdateDeployment
apps.v1.ReplicaSet 1metadata:meta.v1.ObjectMeta 2spec:apps.v1.ReplicaSetSpec 3status:apps.v1.ReplicaSetStatus
apps.v1.ReplicaSetCondition 1type:s 2status:s 3lastTransitionTime:t 4reason:s 5message:s
apps.v1.ReplicaSetSpec 1?replicas:i 2selector:meta.v1.LabelSelector 3?template:core.v1.PodTemplateSpec 4minReadySeconds:i
apps.v1.ReplicaSetStatus 1!replicas:i 2fullyLabeledReplicas:i 3observedGeneration:i 4readyReplicas:i 5availableReplicas:i 6*conditions:apps.v1.ReplicaSetCondition
apps.v1.RollingUpdateDaemonSet 1?maxUnavailable:x 2?maxSurge:x
apps.v1.RollingUpdateDeployment 1?maxUnavailable:x 2?maxSurge:x
apps.v1.RollingUpdateStatefulSetStrategy 1?partition:i 2?maxUnavailable:x
apps.v1.StatefulSet 1metadata:meta.v1.ObjectMeta 2spec:apps.v1.StatefulSetSpec 3status:apps.v1.StatefulSetStatus
apps.v1.StatefulSetCondition 1type:s 2status:s 3lastTransitionTime:t 4reason:s 5message:s
apps.v1.StatefulSetOrdinals 1!start:i
apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy 1whenDeleted:s 2whenScaled:s
apps.v1.StatefulSetSpec 1?replicas:i 2?selector:meta.v1.LabelSelector 3template:core.v1.PodTemplateSpec 4*volumeClaimTemplates:core.v1.PersistentVolumeClaim 5!serviceName:s 6podManagementPolicy:s 7updateStrategy:apps.v1.StatefulSetUpdateStrategy 8?revisionHistoryLimit:i 9minReadySeconds:i 10?persistentVolumeClaimRetentionPolicy:apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy 11?ordinals:apps.v1.StatefulSetOrdinals
apps.v1.StatefulSetStatus 1observedGeneration:i 2!replicas:i 3readyReplicas:i 4currentReplicas:i 5updatedReplicas:i 6currentRevision:s 7updateRevision:s 9?collisionCount:i 10*conditions:apps.v1.StatefulSetCondition 11!availableReplicas:i
apps.v1.StatefulSetUpdateStrategy 1type:s 2?rollingUpdate:apps.v1.RollingUpdateStatefulSetStrategy
authentication.v1.BoundObjectReference 1kind:s 2apiVersion:s 3name:s 4uid:s
authentication.v1.SelfSubjectReview 1metadata:meta.v1.ObjectMeta 2status:authentication.v1.SelfSubjectReviewStatus
authentication.v1.SelfSubjectReviewStatus 1userInfo:authentication.v1.UserInfo
authentication.v1.TokenRequest 1metadata:meta.v1.ObjectMeta 2spec:authentication.v1.TokenRequestSpec 3status:authentication.v1.TokenRequestStatus
authentication.v1.TokenRequestSpec 1*audiences:s 3?boundObjectRef:authentication.v1.BoundObjectReference 4?expirationSeconds:i
authentication.v1.TokenRequestStatus 1!token:s 2expirationTimestamp:t
authentication.v1.TokenReview 1metadata:meta.v1.ObjectMeta 2spec:authentication.v1.TokenReviewSpec 3status:authentication.v1.TokenReviewStatus
authentication.v1.TokenReviewSpec 1token:s 2*audiences:s
authentication.v1.TokenReviewStatus 1authenticated:b 2user:authentication.v1.UserInfo 3error:s 4*audiences:s
authentication.v1.UserInfo 1username:s 2uid:s 3*groups:s 4%extra:e
authorization.v1.FieldSelectorAttributes 1rawSelector:s 2*requirements:meta.v1.FieldSelectorRequirement
authorization.v1.LabelSelectorAttributes 1rawSelector:s 2*requirements:meta.v1.LabelSelectorRequirement
authorization.v1.LocalSubjectAccessReview 1metadata:meta.v1.ObjectMeta 2spec:authorization.v1.SubjectAccessReviewSpec 3status:authorization.v1.SubjectAccessReviewStatus
authorization.v1.NonResourceAttributes 1path:s 2verb:s
authorization.v1.NonResourceRule 1*verbs:s 2*nonResourceURLs:s
authorization.v1.ResourceAttributes 1namespace:s 2verb:s 3group:s 4version:s 5resource:s 6subresource:s 7name:s 8?fieldSelector:authorization.v1.FieldSelectorAttributes 9?labelSelector:authorization.v1.LabelSelectorAttributes
authorization.v1.ResourceRule 1*verbs:s 2*apiGroups:s 3*resources:s 4*resourceNames:s
authorization.v1.SelfSubjectAccessReview 1metadata:meta.v1.ObjectMeta 2spec:authorization.v1.SelfSubjectAccessReviewSpec 3status:authorization.v1.SubjectAccessReviewStatus
authorization.v1.SelfSubjectAccessReviewSpec 1?resourceAttributes:authorization.v1.ResourceAttributes 2?nonResourceAttributes:authorization.v1.NonResourceAttributes
authorization.v1.SelfSubjectRulesReview 1metadata:meta.v1.ObjectMeta 2spec:authorization.v1.SelfSubjectRulesReviewSpec 3status:authorization.v1.SubjectRulesReviewStatus
authorization.v1.SelfSubjectRulesReviewSpec 1namespace:s
authorization.v1.SubjectAccessReview 1metadata:meta.v1.ObjectMeta 2spec:authorization.v1.SubjectAccessReviewSpec 3status:authorization.v1.SubjectAccessReviewStatus
authorization.v1.SubjectAccessReviewSpec 1?resourceAttributes:authorization.v1.ResourceAttributes 2?nonResourceAttributes:authorization.v1.NonResourceAttributes 3user:s 4*groups:s 5%extra:e 6uid:s
authorization.v1.SubjectAccessReviewStatus 1!allowed:b 2reason:s 3evaluationError:s 4denied:b
authorization.v1.SubjectRulesReviewStatus 1*resourceRules:authorization.v1.ResourceRule 2*nonResourceRules:authorization.v1.NonResourceRule 3!incomplete:b 4evaluationError:s
autoscaling.v1.CrossVersionObjectReference 1!kind:s 2!name:s 3apiVersion:s
autoscaling.v1.HorizontalPodAutoscaler 1metadata:meta.v1.ObjectMeta 2spec:autoscaling.v1.HorizontalPodAutoscalerSpec 3status:autoscaling.v1.HorizontalPodAutoscalerStatus
autoscaling.v1.HorizontalPodAutoscalerSpec 1scaleTargetRef:autoscaling.v1.CrossVersionObjectReference 2?minReplicas:i 3!maxReplicas:i 4?targetCPUUtilizationPercentage:i
autoscaling.v1.HorizontalPodAutoscalerStatus 1?observedGeneration:i 2?lastScaleTime:t 3!currentReplicas:i 4!desiredReplicas:i 5?currentCPUUtilizationPercentage:i
autoscaling.v1.Scale 1metadata:meta.v1.ObjectMeta 2spec:autoscaling.v1.ScaleSpec 3status:autoscaling.v1.ScaleStatus
autoscaling.v1.ScaleSpec 1replicas:i
autoscaling.v1.ScaleStatus 1!replicas:i 2selector:s
autoscaling.v2.ContainerResourceMetricSource 1!name:s 2target:autoscaling.v2.MetricTarget 3!container:s
autoscaling.v2.ContainerResourceMetricStatus 1!name:s 2current:autoscaling.v2.MetricValueStatus 3!container:s
autoscaling.v2.CrossVersionObjectReference 1!kind:s 2!name:s 3apiVersion:s
autoscaling.v2.ExternalMetricSource 1metric:autoscaling.v2.MetricIdentifier 2target:autoscaling.v2.MetricTarget
autoscaling.v2.ExternalMetricStatus 1metric:autoscaling.v2.MetricIdentifier 2current:autoscaling.v2.MetricValueStatus
autoscaling.v2.HPAScalingPolicy 1!type:s 2!value:i 3!periodSeconds:i
autoscaling.v2.HPAScalingRules 1?selectPolicy:s 2*policies:autoscaling.v2.HPAScalingPolicy 3?stabilizationWindowSeconds:i
autoscaling.v2.HorizontalPodAutoscaler 1metadata:meta.v1.ObjectMeta 2spec:autoscaling.v2.HorizontalPodAutoscalerSpec 3status:autoscaling.v2.HorizontalPodAutoscalerStatus
autoscaling.v2.HorizontalPodAutoscalerBehavior 1?scaleUp:autoscaling.v2.HPAScalingRules 2?scaleDown:autoscaling.v2.HPAScalingRules
autoscaling.v2.HorizontalPodAutoscalerCondition 1type:s 2status:s 3lastTransitionTime:t 4reason:s 5message:s
autoscaling.v2.HorizontalPodAutoscalerSpec 1scaleTargetRef:autoscaling.v2.CrossVersionObjectReference 2?minReplicas:i 3!maxReplicas:i 4*metrics:autoscaling.v2.MetricSpec 5?behavior:autoscaling.v2.HorizontalPodAutoscalerBehavior
autoscaling.v2.HorizontalPodAutoscalerStatus 1?observedGeneration:i 2?lastScaleTime:t 3currentReplicas:i 4!desiredReplicas:i 5*currentMetrics:autoscaling.v2.MetricStatus 6*conditions:autoscaling.v2.HorizontalPodAutoscalerCondition
autoscaling.v2.MetricIdentifier 1!name:s 2?selector:meta.v1.LabelSelector
autoscaling.v2.MetricSpec 1!type:s 2?object:autoscaling.v2.ObjectMetricSource 3?pods:autoscaling.v2.PodsMetricSource 4?resource:autoscaling.v2.ResourceMetricSource 5?external:autoscaling.v2.ExternalMetricSource 7?containerResource:autoscaling.v2.ContainerResourceMetricSource
autoscaling.v2.MetricStatus 1!type:s 2?object:autoscaling.v2.ObjectMetricStatus 3?pods:autoscaling.v2.PodsMetricStatus 4?resource:autoscaling.v2.ResourceMetricStatus 5?external:autoscaling.v2.ExternalMetricStatus 7?containerResource:autoscaling.v2.ContainerResourceMetricStatus
autoscaling.v2.MetricTarget 1!type:s 2?value:q 3?averageValue:q 4?averageUtilization:i
autoscaling.v2.MetricValueStatus 1?value:q 2?averageValue:q 3?averageUtilization:i
autoscaling.v2.ObjectMetricSource 1describedObject:autoscaling.v2.CrossVersionObjectReference 2target:autoscaling.v2.MetricTarget 3metric:autoscaling.v2.MetricIdentifier
autoscaling.v2.ObjectMetricStatus 1metric:autoscaling.v2.MetricIdentifier 2current:autoscaling.v2.MetricValueStatus 3describedObject:autoscaling.v2.CrossVersionObjectReference
autoscaling.v2.PodsMetricSource 1metric:autoscaling.v2.MetricIdentifier 2target:autoscaling.v2.MetricTarget
autoscaling.v2.PodsMetricStatus 1metric:autoscaling.v2.MetricIdentifier 2current:autoscaling.v2.MetricValueStatus
autoscaling.v2.ResourceMetricSource 1!name:s 2target:autoscaling.v2.MetricTarget
autoscaling.v2.ResourceMetricStatus 1!name:s 2current:autoscaling.v2.MetricValueStatus
batch.v1.CronJob 1metadata:meta.v1.ObjectMeta 2spec:batch.v1.CronJobSpec 3status:batch.v1.CronJobStatus
batch.v1.CronJobSpec 1!schedule:s 2?startingDeadlineSeconds:i 3concurrencyPolicy:s 4?suspend:b 5jobTemplate:batch.v1.JobTemplateSpec 6?successfulJobsHistoryLimit:i 7?failedJobsHistoryLimit:i 8?timeZone:s
batch.v1.CronJobStatus 1*active:core.v1.ObjectReference 4?lastScheduleTime:t 5?lastSuccessfulTime:t
batch.v1.Job 1metadata:meta.v1.ObjectMeta 2spec:batch.v1.JobSpec 3status:batch.v1.JobStatus
batch.v1.JobCondition 1!type:s 2!status:s 3lastProbeTime:t 4lastTransitionTime:t 5reason:s 6message:s
batch.v1.JobSpec 1?parallelism:i 2?completions:i 3?activeDeadlineSeconds:i 4?selector:meta.v1.LabelSelector 5?manualSelector:b 6template:core.v1.PodTemplateSpec 7?backoffLimit:i 8?ttlSecondsAfterFinished:i 9?completionMode:s 10?suspend:b 11?podFailurePolicy:batch.v1.PodFailurePolicy 12?backoffLimitPerIndex:i 13?maxFailedIndexes:i 14?podReplacementPolicy:s 15?managedBy:s 16?successPolicy:batch.v1.SuccessPolicy
batch.v1.JobStatus 1*conditions:batch.v1.JobCondition 2?startTime:t 3?completionTime:t 4active:i 5succeeded:i 6failed:i 7completedIndexes:s 8?uncountedTerminatedPods:batch.v1.UncountedTerminatedPods 9?ready:i 10?failedIndexes:s 11?terminating:i
batch.v1.JobTemplateSpec 1metadata:meta.v1.ObjectMeta 2spec:batch.v1.JobSpec
batch.v1.PodFailurePolicy 1*rules:batch.v1.PodFailurePolicyRule
batch.v1.PodFailurePolicyOnExitCodesRequirement 1?containerName:s 2!operator:s 3*values:i
batch.v1.PodFailurePolicyOnPodConditionsPattern 1!type:s 2!status:s
batch.v1.PodFailurePolicyRule 1!action:s 2?onExitCodes:batch.v1.PodFailurePolicyOnExitCodesRequirement 3*onPodConditions:batch.v1.PodFailurePolicyOnPodConditionsPattern
batch.v1.SuccessPolicy 1*rules:batch.v1.SuccessPolicyRule
batch.v1.SuccessPolicyRule 1?succeededIndexes:s 2?succeededCount:i
batch.v1.UncountedTerminatedPods 1*succeeded:s 2*failed:s
certificates.v1.CertificateSigningRequest 1metadata:meta.v1.ObjectMeta 2spec:certificates.v1.CertificateSigningRequestSpec 3status:certificates.v1.CertificateSigningRequestStatus
certificates.v1.CertificateSigningRequestCondition 1!type:s 2reason:s 3message:s 4lastUpdateTime:t 5lastTransitionTime:t 6!status:s
certificates.v1.CertificateSigningRequestSpec 1request:B 2username:s 3uid:s 4*groups:s 5*usages:s 6%extra:e 7?signerName:s 8?expirationSeconds:i
certificates.v1.CertificateSigningRequestStatus 1*conditions:certificates.v1.CertificateSigningRequestCondition 2certificate:B
coordination.v1.Lease 1metadata:meta.v1.ObjectMeta 2spec:coordination.v1.LeaseSpec
coordination.v1.LeaseSpec 1?holderIdentity:s 2?leaseDurationSeconds:i 3?acquireTime:u 4?renewTime:u 5?leaseTransitions:i 6?strategy:s 7?preferredHolder:s
core.v1.AWSElasticBlockStoreVolumeSource 1!volumeID:s 2fsType:s 3partition:i 4readOnly:b
core.v1.Affinity 1?nodeAffinity:core.v1.NodeAffinity 2?podAffinity:core.v1.PodAffinity 3?podAntiAffinity:core.v1.PodAntiAffinity
core.v1.AppArmorProfile 1!type:s 2?localhostProfile:s
core.v1.AttachedVolume 1!name:s 2!devicePath:s
core.v1.AzureDiskVolumeSource 1!diskName:s 2!diskURI:s 3?cachingMode:s 4?fsType:s 5?readOnly:b 6?kind:s
core.v1.AzureFilePersistentVolumeSource 1!secretName:s 2!shareName:s 3readOnly:b 4?secretNamespace:s
core.v1.AzureFileVolumeSource 1!secretName:s 2!shareName:s 3readOnly:b
core.v1.Binding 1metadata:meta.v1.ObjectMeta 2target:core.v1.ObjectReference
core.v1.CSIPersistentVolumeSource 1!driver:s 2!volumeHandle:s 3readOnly:b 4fsType:s 5%volumeAttributes:s 6?controllerPublishSecretRef:core.v1.SecretReference 7?nodeStageSecretRef:core.v1.SecretReference 8?nodePublishSecretRef:core.v1.SecretReference 9?controllerExpandSecretRef:core.v1.SecretReference 10?nodeExpandSecretRef:core.v1.SecretReference
core.v1.CSIVolumeSource 1!driver:s 2?readOnly:b 3?fsType:s 4%volumeAttributes:s 5?nodePublishSecretRef:core.v1.LocalObjectReference
core.v1.Capabilities 1*add:s 2*drop:s
core.v1.CephFSPersistentVolumeSource 1*monitors:s 2path:s 3user:s 4secretFile:s 5?secretRef:core.v1.SecretReference 6readOnly:b
core.v1.CephFSVolumeSource 1*monitors:s 2path:s 3user:s 4secretFile:s 5?secretRef:core.v1.LocalObjectReference 6readOnly:b
core.v1.CinderPersistentVolumeSource 1!volumeID:s 2fsType:s 3readOnly:b 4?secretRef:core.v1.SecretReference
core.v1.CinderVolumeSource 1!volumeID:s 2fsType:s 3readOnly:b 4?secretRef:core.v1.LocalObjectReference
core.v1.ClientIPConfig 1?timeoutSeconds:i
core.v1.ClusterTrustBundleProjection 1?name:s 2?signerName:s 3?labelSelector:meta.v1.LabelSelector 4!path:s 5?optional:b
core.v1.ComponentCondition 1!type:s 2!status:s 3message:s 4error:s
core.v1.ComponentStatus 1metadata:meta.v1.ObjectMeta 2*conditions:core.v1.ComponentCondition
core.v1.ConfigMap 1metadata:meta.v1.ObjectMeta 2%data:s 3%binaryData:B 4?immutable:b
core.v1.ConfigMapEnvSource 1^localObjectReference:core.v1.LocalObjectReference 2?optional:b
core.v1.ConfigMapKeySelector 1^localObjectReference:core.v1.LocalObjectReference 2!key:s 3?optional:b
core.v1.ConfigMapNodeConfigSource 1!namespace:s 2!name:s 3uid:s 4resourceVersion:s 5!kubeletConfigKey:s
core.v1.ConfigMapProjection 1^localObjectReference:core.v1.LocalObjectReference 2*items:core.v1.KeyToPath 4?optional:b
core.v1.ConfigMapVolumeSource 1^localObjectReference:core.v1.LocalObjectReference 2*items:core.v1.KeyToPath 3?defaultMode:i 4?optional:b
core.v1.Container 1!name:s 2image:s 3*command:s 4*args:s 5workingDir:s 6*ports:core.v1.ContainerPort 7*env:core.v1.EnvVar 8resources:core.v1.ResourceRequirements 9*volumeMounts:core.v1.VolumeMount 10?livenessProbe:core.v1.Probe 11?readinessProbe:core.v1.Probe 12?lifecycle:core.v1.Lifecycle 13terminationMessagePath:s 14imagePullPolicy:s 15?securityContext:core.v1.SecurityContext 16stdin:b 17stdinOnce:b 18tty:b 19*envFrom:core.v1.EnvFromSource 20terminationMessagePolicy:s 21*volumeDevices:core.v1.VolumeDevice 22?startupProbe:core.v1.Probe 23*resizePolicy:core.v1.ContainerResizePolicy 24?restartPolicy:s
core.v1.ContainerImage 1*names:s 2sizeBytes:i
core.v1.ContainerPort 1name:s 2hostPort:i 3!containerPort:i 4protocol:s 5hostIP:s
core.v1.ContainerResizePolicy 1!resourceName:s 2!restartPolicy:s
core.v1.ContainerState 1?waiting:core.v1.ContainerStateWaiting 2?running:core.v1.ContainerStateRunning 3?terminated:core.v1.ContainerStateTerminated
core.v1.ContainerStateRunning 1startedAt:t
core.v1.ContainerStateTerminated 1!exitCode:i 2signal:i 3reason:s 4message:s 5startedAt:t 6finishedAt:t 7containerID:s
core.v1.ContainerStateWaiting 1reason:s 2message:s
core.v1.ContainerStatus 1!name:s 2state:core.v1.ContainerState 3lastState:core.v1.ContainerState 4!ready:b 5!restartCount:i 6!image:s 7!imageID:s 8containerID:s 9?started:b 10%allocatedResources:q 11?resources:core.v1.ResourceRequirements 12*volumeMounts:core.v1.VolumeMountStatus 13?user:core.v1.ContainerUser 14*allocatedResourcesStatus:core.v1.ResourceStatus
core.v1.ContainerUser 1?linux:core.v1.LinuxContainerUser
core.v1.DaemonEndpoint 1!Port:i
core.v1.DownwardAPIProjection 1*items:core.v1.DownwardAPIVolumeFile
core.v1.DownwardAPIVolumeFile 1!path:s 2?fieldRef:core.v1.ObjectFieldSelector 3?resourceFieldRef:core.v1.ResourceFieldSelector 4?mode:i
core.v1.DownwardAPIVolumeSource 1*items:core.v1.DownwardAPIVolumeFile 2?defaultMode:i
core.v1.EmptyDirVolumeSource 1medium:s 2?sizeLimit:q
core.v1.EndpointAddress 1!ip:s 2?targetRef:core.v1.ObjectReference 3hostname:s 4?nodeName:s
core.v1.EndpointPort 1name:s 2!port:i 3protocol:s 4?appProtocol:s
core.v1.EndpointSubset 1*addresses:core.v1.EndpointAddress 2*notReadyAddresses:core.v1.EndpointAddress 3*ports:core.v1.EndpointPort
core.v1.Endpoints 1metadata:meta.v1.ObjectMeta 2*subsets:core.v1.EndpointSubset
core.v1.EnvFromSource 1prefix:s 2?configMapRef:core.v1.ConfigMapEnvSource 3?secretRef:core.v1.SecretEnvSource
core.v1.EnvVar 1!name:s 2value:s 3?valueFrom:core.v1.EnvVarSource
core.v1.EnvVarSource 1?fieldRef:core.v1.ObjectFieldSelector 2?resourceFieldRef:core.v1.ResourceFieldSelector 3?configMapKeyRef:core.v1.ConfigMapKeySelector 4?secretKeyRef:core.v1.SecretKeySelector
core.v1.EphemeralContainer 1^ephemeralContainerCommon:core.v1.EphemeralContainerCommon 2targetContainerName:s
core.v1.EphemeralContainerCommon 1!name:s 2image:s 3*command:s 4*args:s 5workingDir:s 6*ports:core.v1.ContainerPort 7*env:core.v1.EnvVar 8resources:core.v1.ResourceRequirements 9*volumeMounts:core.v1.VolumeMount 10?livenessProbe:core.v1.Probe 11?readinessProbe:core.v1.Probe 12?lifecycle:core.v1.Lifecycle 13terminationMessagePath:s 14imagePullPolicy:s 15?securityContext:core.v1.SecurityContext 16stdin:b 17stdinOnce:b 18tty:b 19*envFrom:core.v1.EnvFromSource 20terminationMessagePolicy:s 21*volumeDevices:core.v1.VolumeDevice 22?startupProbe:core.v1.Probe 23*resizePolicy:core.v1.ContainerResizePolicy 24?restartPolicy:s
core.v1.EphemeralVolumeSource 1?volumeClaimTemplate:core.v1.PersistentVolumeClaimTemplate
core.v1.Event 1metadata:meta.v1.ObjectMeta 2involvedObject:core.v1.ObjectReference 3reason:s 4message:s 5source:core.v1.EventSource 6firstTimestamp:t 7lastTimestamp:t 8count:i 9type:s 10eventTime:u 11?series:core.v1.EventSeries 12action:s 13?related:core.v1.ObjectReference 14!reportingComponent:s 15!reportingInstance:s
core.v1.EventSeries 1count:i 2lastObservedTime:u
core.v1.EventSource 1component:s 2host:s
core.v1.ExecAction 1*command:s
core.v1.FCVolumeSource 1*targetWWNs:s 2?lun:i 3fsType:s 4readOnly:b 5*wwids:s
core.v1.FlexPersistentVolumeSource 1!driver:s 2fsType:s 3?secretRef:core.v1.SecretReference 4readOnly:b 5%options:s
core.v1.FlexVolumeSource 1!driver:s 2fsType:s 3?secretRef:core.v1.LocalObjectReference 4readOnly:b 5%options:s
core.v1.FlockerVolumeSource 1datasetName:s 2datasetUUID:s
core.v1.GCEPersistentDiskVolumeSource 1!pdName:s 2fsType:s 3partition:i 4readOnly:b
core.v1.GRPCAction 1!port:i 2?service:s
core.v1.GitRepoVolumeSource 1!repository:s 2revision:s 3directory:s
core.v1.GlusterfsPersistentVolumeSource 1!endpoints:s 2!path:s 3readOnly:b 4?endpointsNamespace:s
core.v1.GlusterfsVolumeSource 1!endpoints:s 2!path:s 3readOnly:b
core.v1.HTTPGetAction 1path:s 2port:x 3host:s 4scheme:s 5*httpHeaders:core.v1.HTTPHeader
core.v1.HTTPHeader 1name:s 2?value:s
core.v1.HostAlias 1!ip:s 2*hostnames:s
core.v1.HostIP 1!ip:s
core.v1.HostPathVolumeSource 1!path:s 2?type:s
core.v1.ISCSIPersistentVolumeSource 1!targetPortal:s 2!iqn:s 3!lun:i 4iscsiInterface:s 5fsType:s 6readOnly:b 7*portals:s 8chapAuthDiscovery:b 10?secretRef:core.v1.SecretReference 11chapAuthSession:b 12?initiatorName:s
core.v1.ISCSIVolumeSource 1!targetPortal:s 2!iqn:s 3!lun:i 4iscsiInterface:s 5fsType:s 6readOnly:b 7*portals:s 8chapAuthDiscovery:b 10?secretRef:core.v1.LocalObjectReference 11chapAuthSession:b 12?initiatorName:s
core.v1.ImageVolumeSource 1reference:s 2pullPolicy:s
core.v1.KeyToPath 1!key:s 2!path:s 3?mode:i
core.v1.Lifecycle 1?postStart:core.v1.LifecycleHandler 2?preStop:core.v1.LifecycleHandler
core.v1.LifecycleHandler 1?exec:core.v1.ExecAction 2?httpGet:core.v1.HTTPGetAction 3?tcpSocket:core.v1.TCPSocketAction 4?sleep:core.v1.SleepAction
core.v1.LimitRange 1metadata:meta.v1.ObjectMeta 2spec:core.v1.LimitRangeSpec
core.v1.LimitRangeItem 1!type:s 2%max:q 3%min:q 4%default:q 5%defaultRequest:q 6%maxLimitRequestRatio:q
core.v1.LimitRangeSpec 1*limits:core.v1.LimitRangeItem
core.v1.LinuxContainerUser 1!uid:i 2!gid:i 3*supplementalGroups:i
core.v1.LoadBalancerIngress 1ip:s 2hostname:s 3?ipMode:s 4*ports:core.v1.PortStatus
core.v1.LoadBalancerStatus 1*ingress:core.v1.LoadBalancerIngress
core.v1.LocalObjectReference 1name:s
core.v1.LocalVolumeSource 1!path:s 2?fsType:s
core.v1.ModifyVolumeStatus 1targetVolumeAttributesClassName:s 2!status:s
core.v1.NFSVolumeSource 1!server:s 2!path:s 3readOnly:b
core.v1.Namespace 1metadata:meta.v1.ObjectMeta 2spec:core.v1.NamespaceSpec 3status:core.v1.NamespaceStatus
core.v1.NamespaceCondition 1!type:s 2!status:s 4lastTransitionTime:t 5reason:s 6message:s
core.v1.NamespaceSpec 1*finalizers:s
core.v1.NamespaceStatus 1phase:s 2*conditions:core.v1.NamespaceCondition
core.v1.Node 1metadata:meta.v1.ObjectMeta 2spec:core.v1.NodeSpec 3status:core.v1.NodeStatus
core.v1.NodeAddress 1!type:s 2!address:s
core.v1.NodeAffinity 1?requiredDuringSchedulingIgnoredDuringExecution:core.v1.NodeSelector 2*preferredDuringSchedulingIgnoredDuringExecution:core.v1.PreferredSchedulingTerm
core.v1.NodeCondition 1!type:s 2!status:s 3lastHeartbeatTime:t 4lastTransitionTime:t 5reason:s 6message:s
core.v1.NodeConfigSource 2?configMap:core.v1.ConfigMapNodeConfigSource
core.v1.NodeConfigStatus 1?assigned:core.v1.NodeConfigSource 2?active:core.v1.NodeConfigSource 3?lastKnownGood:core.v1.NodeConfigSource 4error:s
core.v1.NodeDaemonEndpoints 1kubeletEndpoint:core.v1.DaemonEndpoint
core.v1.NodeFeatures 1?supplementalGroupsPolicy:b
core.v1.NodeRuntimeHandler 1!name:s 2?features:core.v1.NodeRuntimeHandlerFeatures
core.v1.NodeRuntimeHandlerFeatures 1?recursiveReadOnlyMounts:b 2?userNamespaces:b
core.v1.NodeSelector 1*nodeSelectorTerms:core.v1.NodeSelectorTerm
core.v1.NodeSelectorRequirement 1!key:s 2!operator:s 3*values:s
core.v1.NodeSelectorTerm 1*matchExpressions:core.v1.NodeSelectorRequirement 2*matchFields:core.v1.NodeSelectorRequirement
core.v1.NodeSpec 1podCIDR:s 2externalID:s 3providerID:s 4unschedulable:b 5*taints:core.v1.Taint 6?configSource:core.v1.NodeConfigSource 7*podCIDRs:s
core.v1.NodeStatus 1%capacity:q 2%allocatable:q 3phase:s 4*conditions:core.v1.NodeCondition 5*addresses:core.v1.NodeAddress 6daemonEndpoints:core.v1.NodeDaemonEndpoints 7nodeInfo:core.v1.NodeSystemInfo 8*images:core.v1.ContainerImage 9*volumesInUse:s 10*volumesAttached:core.v1.AttachedVolume 11?config:core.v1.NodeConfigStatus 12*runtimeHandlers:core.v1.NodeRuntimeHandler 13?features:core.v1.NodeFeatures
core.v1.NodeSystemInfo 1!machineID:s 2!systemUUID:s 3!bootID:s 4!kernelVersion:s 5!osImage:s 6!containerRuntimeVersion:s 7!kubeletVersion:s 8!kubeProxyVersion:s 9!operatingSystem:s 10!architecture:s
core.v1.ObjectFieldSelector 1apiVersion:s 2!fieldPath:s
core.v1.ObjectReference 1kind:s 2namespace:s 3name:s 4uid:s 5apiVersion:s 6resourceVersion:s 7fieldPath:s
core.v1.PersistentVolume 1metadata:meta.v1.ObjectMeta 2spec:core.v1.PersistentVolumeSpec 3status:core.v1.PersistentVolumeStatus
core.v1.PersistentVolumeClaim 1metadata:meta.v1.ObjectMeta 2spec:core.v1.PersistentVolumeClaimSpec 3status:core.v1.PersistentVolumeClaimStatus
core.v1.PersistentVolumeClaimCondition 1!type:s 2!status:s 3lastProbeTime:t 4lastTransitionTime:t 5reason:s 6message:s
core.v1.PersistentVolumeClaimSpec 1*accessModes:s 2resources:core.v1.VolumeResourceRequirements 3volumeName:s 4?selector:meta.v1.LabelSelector 5?storageClassName:s 6?volumeMode:s 7?dataSource:core.v1.TypedLocalObjectReference 8?dataSourceRef:core.v1.TypedObjectReference 9?volumeAttributesClassName:s
core.v1.PersistentVolumeClaimStatus 1phase:s 2*accessModes:s 3%capacity:q 4*conditions:core.v1.PersistentVolumeClaimCondition 5%allocatedResources:q 7%allocatedResourceStatuses:s 8?currentVolumeAttributesClassName:s 9?modifyVolumeStatus:core.v1.ModifyVolumeStatus
core.v1.PersistentVolumeClaimTemplate 1metadata:meta.v1.ObjectMeta 2spec:core.v1.PersistentVolumeClaimSpec
core.v1.PersistentVolumeClaimVolumeSource 1!claimName:s 2readOnly:b
core.v1.PersistentVolumeSource 1?gcePersistentDisk:core.v1.GCEPersistentDiskVolumeSource 2?awsElasticBlockStore:core.v1.AWSElasticBlockStoreVolumeSource 3?hostPath:core.v1.HostPathVolumeSource 4?glusterfs:core.v1.GlusterfsPersistentVolumeSource 5?nfs:core.v1.NFSVolumeSource 6?rbd:core.v1.RBDPersistentVolumeSource 7?iscsi:core.v1.ISCSIPersistentVolumeSource 8?cinder:core.v1.CinderPersistentVolumeSource 9?cephfs:core.v1.CephFSPersistentVolumeSource 10?fc:core.v1.FCVolumeSource 11?flocker:core.v1.FlockerVolumeSource 12?flexVolume:core.v1.FlexPersistentVolumeSource 13?azureFile:core.v1.AzureFilePersistentVolumeSource 14?vsphereVolume:core.v1.VsphereVirtualDiskVolumeSource 15?quobyte:core.v1.QuobyteVolumeSource 16?azureDisk:core.v1.AzureDiskVolumeSource 17?photonPersistentDisk:core.v1.PhotonPersistentDiskVolumeSource 18?portworxVolume:core.v1.PortworxVolumeSource 19?scaleIO:core.v1.ScaleIOPersistentVolumeSource 20?local:core.v1.LocalVolumeSource 21?storageos:core.v1.StorageOSPersistentVolumeSource 22?csi:core.v1.CSIPersistentVolumeSource
core.v1.PersistentVolumeSpec 1%capacity:q 2^persistentVolumeSource:core.v1.PersistentVolumeSource 3*accessModes:s 4?claimRef:core.v1.ObjectReference 5persistentVolumeReclaimPolicy:s 6storageClassName:s 7*mountOptions:s 8?volumeMode:s 9?nodeAffinity:core.v1.VolumeNodeAffinity 10?volumeAttributesClassName:s
core.v1.PersistentVolumeStatus 1phase:s 2message:s 3reason:s 4?lastPhaseTransitionTime:t
core.v1.PhotonPersistentDiskVolumeSource 1!pdID:s 2fsType:s
core.v1.Pod 1metadata:meta.v1.ObjectMeta 2spec:core.v1.PodSpec 3status:core.v1.PodStatus
core.v1.PodAffinity 1*requiredDuringSchedulingIgnoredDuringExecution:core.v1.PodAffinityTerm 2*preferredDuringSchedulingIgnoredDuringExecution:core.v1.WeightedPodAffinityTerm
core.v1.PodAffinityTerm 1?labelSelector:meta.v1.LabelSelector 2*namespaces:s 3!topologyKey:s 4?namespaceSelector:meta.v1.LabelSelector 5*matchLabelKeys:s 6*mismatchLabelKeys:s
core.v1.PodAntiAffinity 1*requiredDuringSchedulingIgnoredDuringExecution:core.v1.PodAffinityTerm 2*preferredDuringSchedulingIgnoredDuringExecution:core.v1.WeightedPodAffinityTerm
core.v1.PodCondition 1!type:s 2!status:s 3lastProbeTime:t 4lastTransitionTime:t 5reason:s 6message:s
core.v1.PodDNSConfig 1*nameservers:s 2*searches:s 3*options:core.v1.PodDNSConfigOption
core.v1.PodDNSConfigOption 1name:s 2?value:s
core.v1.PodIP 1!ip:s
core.v1.PodOS 1name:s
core.v1.PodReadinessGate 1!conditionType:s
core.v1.PodResourceClaim 1!name:s 3?resourceClaimName:s 4?resourceClaimTemplateName:s
core.v1.PodResourceClaimStatus 1!name:s 2?resourceClaimName:s
core.v1.PodSchedulingGate 1name:s
core.v1.PodSecurityContext 1?seLinuxOptions:core.v1.SELinuxOptions 2?runAsUser:i 3?runAsNonRoot:b 4*supplementalGroups:i 5?fsGroup:i 6?runAsGroup:i 7*sysctls:core.v1.Sysctl 8?windowsOptions:core.v1.WindowsSecurityContextOptions 9?fsGroupChangePolicy:s 10?seccompProfile:core.v1.SeccompProfile 11?appArmorProfile:core.v1.AppArmorProfile 12?supplementalGroupsPolicy:s 13?seLinuxChangePolicy:s
core.v1.PodSpec 1*volumes:core.v1.Volume 2*containers:core.v1.Container 3restartPolicy:s 4?terminationGracePeriodSeconds:i 5?activeDeadlineSeconds:i 6dnsPolicy:s 7%nodeSelector:s 8serviceAccountName:s 9serviceAccount:s 10nodeName:s 11hostNetwork:b 12hostPID:b 13hostIPC:b 14?securityContext:core.v1.PodSecurityContext 15*imagePullSecrets:core.v1.LocalObjectReference 16hostname:s 17subdomain:s 18?affinity:core.v1.Affinity 19schedulerName:s 20*initContainers:core.v1.Container 21?automountServiceAccountToken:b 22*tolerations:core.v1.Toleration 23*hostAliases:core.v1.HostAlias 24priorityClassName:s 25?priority:i 26?dnsConfig:core.v1.PodDNSConfig 27?shareProcessNamespace:b 28*readinessGates:core.v1.PodReadinessGate 29?runtimeClassName:s 30?enableServiceLinks:b 31?preemptionPolicy:s 32%overhead:q 33*topologySpreadConstraints:core.v1.TopologySpreadConstraint 34*ephemeralContainers:core.v1.EphemeralContainer 35?setHostnameAsFQDN:b 36?os:core.v1.PodOS 37?hostUsers:b 38*schedulingGates:core.v1.PodSchedulingGate 39*resourceClaims:core.v1.PodResourceClaim 40?resources:core.v1.ResourceRequirements
core.v1.PodStatus 1phase:s 2*conditions:core.v1.PodCondition 3message:s 4reason:s 5hostIP:s 6podIP:s 7?startTime:t 8*containerStatuses:core.v1.ContainerStatus 9qosClass:s 10*initContainerStatuses:core.v1.ContainerStatus 11nominatedNodeName:s 12*podIPs:core.v1.PodIP 13*ephemeralContainerStatuses:core.v1.ContainerStatus 14resize:s 15*resourceClaimStatuses:core.v1.PodResourceClaimStatus 16*hostIPs:core.v1.HostIP
core.v1.PodStatusResult 1metadata:meta.v1.ObjectMeta 2status:core.v1.PodStatus
core.v1.PodTemplateSpec 1metadata:meta.v1.ObjectMeta 2spec:core.v1.PodSpec
core.v1.PortStatus 1!port:i 2!protocol:s 3?error:s
core.v1.PortworxVolumeSource 1!volumeID:s 2fsType:s 3readOnly:b
core.v1.PreferredSchedulingTerm 1!weight:i 2preference:core.v1.NodeSelectorTerm
core.v1.Probe 1^handler:core.v1.ProbeHandler 2initialDelaySeconds:i 3timeoutSeconds:i 4periodSeconds:i 5successThreshold:i 6failureThreshold:i 7?terminationGracePeriodSeconds:i
core.v1.ProbeHandler 1?exec:core.v1.ExecAction 2?httpGet:core.v1.HTTPGetAction 3?tcpSocket:core.v1.TCPSocketAction 4?grpc:core.v1.GRPCAction
core.v1.ProjectedVolumeSource 1*sources:core.v1.VolumeProjection 2?defaultMode:i
core.v1.QuobyteVolumeSource 1!registry:s 2!volume:s 3readOnly:b 4user:s 5group:s 6tenant:s
core.v1.RBDPersistentVolumeSource 1*monitors:s 2!image:s 3fsType:s 4pool:s 5user:s 6keyring:s 7?secretRef:core.v1.SecretReference 8readOnly:b
core.v1.RBDVolumeSource 1*monitors:s 2!image:s 3fsType:s 4pool:s 5user:s 6keyring:s 7?secretRef:core.v1.LocalObjectReference 8readOnly:b
core.v1.RangeAllocation 1metadata:meta.v1.ObjectMeta 2!range:s 3data:B
core.v1.ReplicationController 1metadata:meta.v1.ObjectMeta 2spec:core.v1.ReplicationControllerSpec 3status:core.v1.ReplicationControllerStatus
core.v1.ReplicationControllerCondition 1type:s 2status:s 3lastTransitionTime:t 4reason:s 5message:s
core.v1.ReplicationControllerSpec 1?replicas:i 2%selector:s 3?template:core.v1.PodTemplateSpec 4minReadySeconds:i
core.v1.ReplicationControllerStatus 1!replicas:i 2fullyLabeledReplicas:i 3observedGeneration:i 4readyReplicas:i 5availableReplicas:i 6*conditions:core.v1.ReplicationControllerCondition
core.v1.ResourceClaim 1!name:s 2request:s
core.v1.ResourceFieldSelector 1containerName:s 2!resource:s 3divisor:q
core.v1.ResourceHealth 1!resourceID:s 2health:s
core.v1.ResourceQuota 1metadata:meta.v1.ObjectMeta 2spec:core.v1.ResourceQuotaSpec 3status:core.v1.ResourceQuotaStatus
core.v1.ResourceQuotaSpec 1%hard:q 2*scopes:s 3?scopeSelector:core.v1.ScopeSelector
core.v1.ResourceQuotaStatus 1%hard:q 2%used:q
core.v1.ResourceRequirements 1%limits:q 2%requests:q 3*claims:core.v1.ResourceClaim
core.v1.ResourceStatus 1!name:s 2*resources:core.v1.ResourceHealth
core.v1.SELinuxOptions 1user:s 2role:s 3type:s 4level:s
core.v1.ScaleIOPersistentVolumeSource 1!gateway:s 2!system:s 3?secretRef:core.v1.SecretReference 4sslEnabled:b 5protectionDomain:s 6storagePool:s 7storageMode:s 8volumeName:s 9fsType:s 10readOnly:b
core.v1.ScaleIOVolumeSource 1!gateway:s 2!system:s 3?secretRef:core.v1.LocalObjectReference 4sslEnabled:b 5protectionDomain:s 6storagePool:s 7storageMode:s 8volumeName:s 9fsType:s 10readOnly:b
core.v1.ScopeSelector 1*matchExpressions:core.v1.ScopedResourceSelectorRequirement
core.v1.ScopedResourceSelectorRequirement 1!scopeName:s 2!operator:s 3*values:s
core.v1.SeccompProfile 1!type:s 2?localhostProfile:s
core.v1.Secret 1metadata:meta.v1.ObjectMeta 2%data:B 3type:s 4%stringData:s 5?immutable:b
core.v1.SecretEnvSource 1^localObjectReference:core.v1.LocalObjectReference 2?optional:b
core.v1.SecretKeySelector 1^localObjectReference:core.v1.LocalObjectReference 2!key:s 3?optional:b
core.v1.SecretProjection 1^localObjectReference:core.v1.LocalObjectReference 2*items:core.v1.KeyToPath 4?optional:b
core.v1.SecretReference 1name:s 2namespace:s
core.v1.SecretVolumeSource 1secretName:s 2*items:core.v1.KeyToPath 3?defaultMode:i 4?optional:b
core.v1.SecurityContext 1?capabilities:core.v1.Capabilities 2?privileged:b 3?seLinuxOptions:core.v1.SELinuxOptions 4?runAsUser:i 5?runAsNonRoot:b 6?readOnlyRootFilesystem:b 7?allowPrivilegeEscalation:b 8?runAsGroup:i 9?procMount:s 10?windowsOptions:core.v1.WindowsSecurityContextOptions 11?seccompProfile:core.v1.SeccompProfile 12?appArmorProfile:core.v1.AppArmorProfile
core.v1.Service 1metadata:meta.v1.ObjectMeta 2spec:core.v1.ServiceSpec 3status:core.v1.ServiceStatus
core.v1.ServiceAccount 1metadata:meta.v1.ObjectMeta 2*secrets:core.v1.ObjectReference 3*imagePullSecrets:core.v1.LocalObjectReference 4?automountServiceAccountToken:b
core.v1.ServiceAccountTokenProjection 1audience:s 2?expirationSeconds:i 3!path:s
core.v1.ServicePort 1name:s 2protocol:s 3!port:i 4targetPort:x 5nodePort:i 6?appProtocol:s
core.v1.ServiceSpec 1*ports:core.v1.ServicePort 2%selector:s 3clusterIP:s 4type:s 5*externalIPs:s 7sessionAffinity:s 8loadBalancerIP:s 9*loadBalancerSourceRanges:s 10externalName:s 11externalTrafficPolicy:s 12healthCheckNodePort:i 13publishNotReadyAddresses:b 14?sessionAffinityConfig:core.v1.SessionAffinityConfig 17?ipFamilyPolicy:s 18*clusterIPs:s 19*ipFamilies:s 20?allocateLoadBalancerNodePorts:b 21?loadBalancerClass:s 22?internalTrafficPolicy:s 23?trafficDistribution:s
core.v1.ServiceStatus 1loadBalancer:core.v1.LoadBalancerStatus 2*conditions:meta.v1.Condition
core.v1.SessionAffinityConfig 1?clientIP:core.v1.ClientIPConfig
core.v1.SleepAction 1!seconds:i
core.v1.StorageOSPersistentVolumeSource 1volumeName:s 2volumeNamespace:s 3fsType:s 4readOnly:b 5?secretRef:core.v1.ObjectReference
core.v1.StorageOSVolumeSource 1volumeName:s 2volumeNamespace:s 3fsType:s 4readOnly:b 5?secretRef:core.v1.LocalObjectReference
core.v1.Sysctl 1name:s 2?value:s
core.v1.TCPSocketAction 1port:x 2host:s
core.v1.Taint 1!key:s 2value:s 3!effect:s 4?timeAdded:t
core.v1.Toleration 1key:s 2operator:s 3value:s 4effect:s 5?tolerationSeconds:i
core.v1.TopologySelectorLabelRequirement 1!key:s 2*values:s
core.v1.TopologySelectorTerm 1*matchLabelExpressions:core.v1.TopologySelectorLabelRequirement
core.v1.TopologySpreadConstraint 1!maxSkew:i 2!topologyKey:s 3!whenUnsatisfiable:s 4?labelSelector:meta.v1.LabelSelector 5?minDomains:i 6?nodeAffinityPolicy:s 7?nodeTaintsPolicy:s 8*matchLabelKeys:s
core.v1.TypedLocalObjectReference 1?apiGroup:s 2!kind:s 3!name:s
core.v1.TypedObjectReference 1?apiGroup:s 2!kind:s 3!name:s 4?namespace:s
core.v1.Volume 1!name:s 2^volumeSource:core.v1.VolumeSource
core.v1.VolumeDevice 1!name:s 2!devicePath:s
core.v1.VolumeMount 1!name:s 2readOnly:b 3!mountPath:s 4subPath:s 5?mountPropagation:s 6subPathExpr:s 7?recursiveReadOnly:s
core.v1.VolumeMountStatus 1!name:s 2!mountPath:s 3readOnly:b 4?recursiveReadOnly:s
core.v1.VolumeNodeAffinity 1?required:core.v1.NodeSelector
core.v1.VolumeProjection 1?secret:core.v1.SecretProjection 2?downwardAPI:core.v1.DownwardAPIProjection 3?configMap:core.v1.ConfigMapProjection 4?serviceAccountToken:core.v1.ServiceAccountTokenProjection 5?clusterTrustBundle:core.v1.ClusterTrustBundleProjection
core.v1.VolumeResourceRequirements 1%limits:q 2%requests:q
core.v1.VolumeSource 1?hostPath:core.v1.HostPathVolumeSource 2?emptyDir:core.v1.EmptyDirVolumeSource 3?gcePersistentDisk:core.v1.GCEPersistentDiskVolumeSource 4?awsElasticBlockStore:core.v1.AWSElasticBlockStoreVolumeSource 5?gitRepo:core.v1.GitRepoVolumeSource 6?secret:core.v1.SecretVolumeSource 7?nfs:core.v1.NFSVolumeSource 8?iscsi:core.v1.ISCSIVolumeSource 9?glusterfs:core.v1.GlusterfsVolumeSource 10?persistentVolumeClaim:core.v1.PersistentVolumeClaimVolumeSource 11?rbd:core.v1.RBDVolumeSource 12?flexVolume:core.v1.FlexVolumeSource 13?cinder:core.v1.CinderVolumeSource 14?cephfs:core.v1.CephFSVolumeSource 15?flocker:core.v1.FlockerVolumeSource 16?downwardAPI:core.v1.DownwardAPIVolumeSource 17?fc:core.v1.FCVolumeSource 18?azureFile:core.v1.AzureFileVolumeSource 19?configMap:core.v1.ConfigMapVolumeSource 20?vsphereVolume:core.v1.VsphereVirtualDiskVolumeSource 21?quobyte:core.v1.QuobyteVolumeSource 22?azureDisk:core.v1.AzureDiskVolumeSource 23?photonPersistentDisk:core.v1.PhotonPersistentDiskVolumeSource 24?portworxVolume:core.v1.PortworxVolumeSource 25?scaleIO:core.v1.ScaleIOVolumeSource 26?projected:core.v1.ProjectedVolumeSource 27?storageos:core.v1.StorageOSVolumeSource 28?csi:core.v1.CSIVolumeSource 29?ephemeral:core.v1.EphemeralVolumeSource 30?image:core.v1.ImageVolumeSource
core.v1.VsphereVirtualDiskVolumeSource 1!volumePath:s 2fsType:s 3storagePolicyName:s 4storagePolicyID:s
core.v1.WeightedPodAffinityTerm 1!weight:i 2podAffinityTerm:core.v1.PodAffinityTerm
core.v1.WindowsSecurityContextOptions 1?gmsaCredentialSpecName:s 2?gmsaCredentialSpec:s 3?runAsUserName:s 4?hostProcess:b
discovery.v1.Endpoint 1*addresses:s 2conditions:discovery.v1.EndpointConditions 3?hostname:s 4?targetRef:core.v1.ObjectReference 5%deprecatedTopology:s 6?nodeName:s 7?zone:s 8?hints:discovery.v1.EndpointHints
discovery.v1.EndpointConditions 1?ready:b 2?serving:b 3?terminating:b
discovery.v1.EndpointHints 1*forZones:discovery.v1.ForZone
discovery.v1.EndpointPort 1?name:s 2?protocol:s 3?port:i 4?appProtocol:s
discovery.v1.EndpointSlice 1metadata:meta.v1.ObjectMeta 2*endpoints:discovery.v1.Endpoint 3*ports:discovery.v1.EndpointPort 4!addressType:s
discovery.v1.ForZone 1name:s
events.v1.Event 1metadata:meta.v1.ObjectMeta 2eventTime:u 3?series:events.v1.EventSeries 4reportingController:s 5reportingInstance:s 6action:s 7reason:s 8regarding:core.v1.ObjectReference 9?related:core.v1.ObjectReference 10note:s 11type:s 12deprecatedSource:core.v1.EventSource 13deprecatedFirstTimestamp:t 14deprecatedLastTimestamp:t 15deprecatedCount:i
events.v1.EventSeries 1count:i 2lastObservedTime:u
meta.v1.Condition 1!type:s 2!status:s 3observedGeneration:i 4lastTransitionTime:t 5!reason:s 6message:s
meta.v1.DeleteOptions 1?gracePeriodSeconds:i 2?preconditions:meta.v1.Preconditions 3?orphanDependents:b 4?propagationPolicy:s 5*dryRun:s 6?ignoreStoreReadErrorWithClusterBreakingPotential:b
meta.v1.FieldSelectorRequirement 1!key:s 2!operator:s 3*values:s
meta.v1.LabelSelector 1%matchLabels:s 2*matchExpressions:meta.v1.LabelSelectorRequirement
meta.v1.LabelSelectorRequirement 1!key:s 2!operator:s 3*values:s
meta.v1.ManagedFieldsEntry 1manager:s 2operation:s 3apiVersion:s 4?time:t 6fieldsType:s 7?fieldsV1:f 8subresource:s
meta.v1.ObjectMeta 1name:s 2generateName:s 3namespace:s 4selfLink:s 5uid:s 6resourceVersion:s 7generation:i 8creationTimestamp:t 9?deletionTimestamp:t 10?deletionGracePeriodSeconds:i 11%labels:s 12%annotations:s 13*ownerReferences:meta.v1.OwnerReference 14*finalizers:s 17*managedFields:meta.v1.ManagedFieldsEntry
meta.v1.OwnerReference 1!kind:s 3!name:s 4!uid:s 5!apiVersion:s 6?controller:b 7?blockOwnerDeletion:b
meta.v1.Preconditions 1?uid:s 2?resourceVersion:s
networking.v1.HTTPIngressPath 1path:s 2backend:networking.v1.IngressBackend 3?pathType:s
networking.v1.HTTPIngressRuleValue 1*paths:networking.v1.HTTPIngressPath
networking.v1.IPBlock 1!cidr:s 2*except:s
networking.v1.Ingress 1metadata:meta.v1.ObjectMeta 2spec:networking.v1.IngressSpec 3status:networking.v1.IngressStatus
networking.v1.IngressBackend 3?resource:core.v1.TypedLocalObjectReference 4?service:networking.v1.IngressServiceBackend
networking.v1.IngressClass 1metadata:meta.v1.ObjectMeta 2spec:networking.v1.IngressClassSpec
networking.v1.IngressClassParametersReference 1?apiGroup:s 2!kind:s 3!name:s 4?scope:s 5?namespace:s
networking.v1.IngressClassSpec 1controller:s 2?parameters:networking.v1.IngressClassParametersReference
networking.v1.IngressLoadBalancerIngress 1ip:s 2hostname:s 4*ports:networking.v1.IngressPortStatus
networking.v1.IngressLoadBalancerStatus 1*ingress:networking.v1.IngressLoadBalancerIngress
networking.v1.IngressPortStatus 1!port:i 2!protocol:s 3?error:s
networking.v1.IngressRule 1host:s 2^ingressRuleValue:networking.v1.IngressRuleValue
networking.v1.IngressRuleValue 1?http:networking.v1.HTTPIngressRuleValue
networking.v1.IngressServiceBackend 1!name:s 2port:networking.v1.ServiceBackendPort
networking.v1.IngressSpec 1?defaultBackend:networking.v1.IngressBackend 2*tls:networking.v1.IngressTLS 3*rules:networking.v1.IngressRule 4?ingressClassName:s
networking.v1.IngressStatus 1loadBalancer:networking.v1.IngressLoadBalancerStatus
networking.v1.IngressTLS 1*hosts:s 2secretName:s
networking.v1.NetworkPolicy 1metadata:meta.v1.ObjectMeta 2spec:networking.v1.NetworkPolicySpec
networking.v1.NetworkPolicyEgressRule 1*ports:networking.v1.NetworkPolicyPort 2*to:networking.v1.NetworkPolicyPeer
networking.v1.NetworkPolicyIngressRule 1*ports:networking.v1.NetworkPolicyPort 2*from:networking.v1.NetworkPolicyPeer
networking.v1.NetworkPolicyPeer 1?podSelector:meta.v1.LabelSelector 2?namespaceSelector:meta.v1.LabelSelector 3?ipBlock:networking.v1.IPBlock
networking.v1.NetworkPolicyPort 1?protocol:s 2?port:x 3?endPort:i
networking.v1.NetworkPolicySpec 1podSelector:meta.v1.LabelSelector 2*ingress:networking.v1.NetworkPolicyIngressRule 3*egress:networking.v1.NetworkPolicyEgressRule 4*policyTypes:s
networking.v1.ServiceBackendPort 1name:s 2number:i
policy.v1.Eviction 1metadata:meta.v1.ObjectMeta 2?deleteOptions:meta.v1.DeleteOptions
policy.v1.PodDisruptionBudget 1metadata:meta.v1.ObjectMeta 2spec:policy.v1.PodDisruptionBudgetSpec 3status:policy.v1.PodDisruptionBudgetStatus
policy.v1.PodDisruptionBudgetSpec 1?minAvailable:x 2?selector:meta.v1.LabelSelector 3?maxUnavailable:x 4?unhealthyPodEvictionPolicy:s
policy.v1.PodDisruptionBudgetStatus 1observedGeneration:i 2%disruptedPods:t 3!disruptionsAllowed:i 4!currentHealthy:i 5!desiredHealthy:i 6!expectedPods:i 7*conditions:meta.v1.Condition
rbac.v1.AggregationRule 1*clusterRoleSelectors:meta.v1.LabelSelector
rbac.v1.ClusterRole 1metadata:meta.v1.ObjectMeta 2*rules:rbac.v1.PolicyRule 3?aggregationRule:rbac.v1.AggregationRule
rbac.v1.ClusterRoleBinding 1metadata:meta.v1.ObjectMeta 2*subjects:rbac.v1.Subject 3roleRef:rbac.v1.RoleRef
rbac.v1.PolicyRule 1*verbs:s 2*apiGroups:s 3*resources:s 4*resourceNames:s 5*nonResourceURLs:s
rbac.v1.Role 1metadata:meta.v1.ObjectMeta 2*rules:rbac.v1.PolicyRule
rbac.v1.RoleBinding 1metadata:meta.v1.ObjectMeta 2*subjects:rbac.v1.Subject 3roleRef:rbac.v1.RoleRef
rbac.v1.RoleRef 1?apiGroup:s 2!kind:s 3!name:s
rbac.v1.Subject 1!kind:s 2apiGroup:s 3!name:s 4namespace:s
scheduling.v1.PriorityClass 1metadata:meta.v1.ObjectMeta 2!value:i 3globalDefault:b 4description:s 5?preemptionPolicy:s
storage.v1.CSIDriver 1metadata:meta.v1.ObjectMeta 2spec:storage.v1.CSIDriverSpec
storage.v1.CSIDriverSpec 1?attachRequired:b 2?podInfoOnMount:b 3*volumeLifecycleModes:s 4?storageCapacity:b 5?fsGroupPolicy:s 6*tokenRequests:storage.v1.TokenRequest 7?requiresRepublish:b 8?seLinuxMount:b
storage.v1.CSINode 1metadata:meta.v1.ObjectMeta 2spec:storage.v1.CSINodeSpec
storage.v1.CSINodeDriver 1!name:s 2!nodeID:s 3*topologyKeys:s 4?allocatable:storage.v1.VolumeNodeResources
storage.v1.CSINodeSpec 1*drivers:storage.v1.CSINodeDriver
storage.v1.CSIStorageCapacity 1metadata:meta.v1.ObjectMeta 2?nodeTopology:meta.v1.LabelSelector 3!storageClassName:s 4?capacity:q 5?maximumVolumeSize:q
storage.v1.StorageClass 1metadata:meta.v1.ObjectMeta 2!provisioner:s 3%parameters:s 4?reclaimPolicy:s 5*mountOptions:s 6?allowVolumeExpansion:b 7?volumeBindingMode:s 8*allowedTopologies:core.v1.TopologySelectorTerm
storage.v1.TokenRequest 1!audience:s 2?expirationSeconds:i
storage.v1.VolumeAttachment 1metadata:meta.v1.ObjectMeta 2spec:storage.v1.VolumeAttachmentSpec 3status:storage.v1.VolumeAttachmentStatus
storage.v1.VolumeAttachmentSource 1?persistentVolumeName:s 2?inlineVolumeSpec:core.v1.PersistentVolumeSpec
storage.v1.VolumeAttachmentSpec 1!attacher:s 2source:storage.v1.VolumeAttachmentSource 3!nodeName:s
storage.v1.VolumeAttachmentStatus 1!attached:b 2%attachmentMetadata:s 3?attachError:storage.v1.VolumeError 4?detachError:storage.v1.VolumeError
storage.v1.VolumeError 1time:t 2message:s
storage.v1.VolumeNodeResources 1?count:i
`;
